"""The tables of recognition, leave, engagements and recruitment."""
