"""What services would otherwise repeat. Knows no service."""
