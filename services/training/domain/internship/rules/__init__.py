"""The rules of internships, INT-01 to INT-25: pure functions over facts, and what they say of a placement."""
