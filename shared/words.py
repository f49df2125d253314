"""Codes of the trade with what they are called: to programs the code itself, to people a word in each language."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, Self


class Says(Protocol):
    """Something that has words of its own in both languages."""

    def say(self, language: str) -> str:
        """What it is called in `zh` or (for anything else) `en`."""


class Worded(StrEnum):
    """A code with its words: `INSURANCE = "insurance", "实习责任保险单", "insurance policy"`."""

    _value_: str
    zh: str
    en: str

    def __new__(cls, code: str, zh: str = "", en: str = "") -> Self:
        """The member with this code. Raises `TypeError` where it lacks a word."""
        if not (zh and en):
            raise TypeError(f"{code} of {cls.__name__} needs a word in both languages")
        member = str.__new__(cls, code)
        member._value_ = code
        member.zh, member.en = zh, en
        return member

    def say(self, language: str) -> str:
        """The word in `zh` or (for anything else) `en`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody's code is called, where it may be one that nobody has named."""

    code: str
    zh: str
    en: str

    def say(self, language: str) -> str:
        """The word in `zh` or (for anything else) `en`."""
        return self.zh if language == "zh" else self.en


def word_of(words: type[Worded], code: str) -> Word:
    """A code with its words; one that has none is called by itself."""
    known = next((each for each in words if each.value == code), None)
    return Word(code, known.zh, known.en) if known else Word(code, code, code)
