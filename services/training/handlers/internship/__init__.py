"""What happens when somebody asks something about internships."""
