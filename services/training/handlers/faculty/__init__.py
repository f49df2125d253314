"""What happens when somebody asks something about recognition, leave, engagements or recruitment."""
