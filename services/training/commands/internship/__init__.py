"""What may be asked about internships."""
