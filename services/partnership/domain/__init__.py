"""What partnership decides, without I/O and without a clock."""
