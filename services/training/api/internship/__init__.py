"""Internships over HTTP."""
