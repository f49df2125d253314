"""How the process of a paper ends, as the service reads it: here, so that neither loads what only the other needs."""

from typing import Final

UNPRINTABLE: Final = 3
"""The fonts lack a character."""
