"""What may be asked about recognition, leave, engagements and recruitment."""
