"""What training decides, without I/O and without a clock."""
