"""What a look at one thing comes to."""

from dataclasses import dataclass
from typing import Literal

State = Literal["good", "look", "bad"]
"""`look`: it runs like this, but somebody should know. `bad`: something will not work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing, how it is, and what to do where it is not good."""

    about: str
    what: str
    state: State
    says: str
    remedy: str = ""


def good(about: str, what: str, says: str) -> Finding:
    """All is well."""
    return Finding(about, what, "good", says)


def look(about: str, what: str, says: str, remedy: str) -> Finding:
    """It works, and somebody should know."""
    return Finding(about, what, "look", says, remedy)


def bad(about: str, what: str, says: str, remedy: str) -> Finding:
    """It will not work."""
    return Finding(about, what, "bad", says, remedy)
