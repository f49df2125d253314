"""Rosters: whole lists of people from a university's own system, and what they change here."""
