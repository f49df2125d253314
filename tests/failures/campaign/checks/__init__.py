"""The checks: each compares what was asked, what is kept and what was told, and counts one kind of harm."""
