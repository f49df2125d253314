"""Teachers beyond their own practice: recognition, leave, engagements, recruitment."""
