"""The tables of internships."""
