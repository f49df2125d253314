"""Internships: posts, units, placements and the rules that they keep."""
