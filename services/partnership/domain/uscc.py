"""The unified social credit code of an organisation (PTN-01): how it is normalised, and whether it can be one."""

import unicodedata
from typing import Final

from shared.contracts.fields import Name
from shared.rules import Facts, Finding, Rule, RuleShape, Severity, Trial, tried_alone

PTN_01: Final = RuleShape(
    "PTN-01",
    params={"length": int},
    cases=("full_width", "length", "characters", "check_digit", "embedded_digit"),
    facts=("uscc",),
)
_CHARACTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)


class UsccFacts(Facts):
    """What PTN-01 is judged by: the code as it was written."""

    uscc: Name | None = None


def normalised(written: str) -> str:
    """The code without any blanks and with ASCII letters in upper case; nothing else is changed."""
    return "".join(character.upper() if character.isascii() else character for character in "".join(written.split()))


def uscc_is_valid(written: str | None, rule: Rule) -> Finding:
    """PTN-01: GB 32100's check digit fits the 17 characters before it (weights 3^i modulo 31, 31 is written 0).

    Full-width characters are refused with a hint instead of being changed silently. An embedded organisation code
    whose own GB 11714 digit is wrong only warns. No finding repeats more of the code than one character.
    """
    if written is None or not written.strip():
        return rule.unknown("uscc")
    code = normalised(written)
    return _misspelt(code, rule) or _miscounted(code, rule) or rule.passes()


def _misspelt(code: str, rule: Rule) -> Finding | None:
    length = rule.number("length")
    if any(not character.isascii() and unicodedata.normalize("NFKC", character).isascii() for character in code):
        return rule.fails("full_width")
    if len(code) != length:
        return rule.fails("length", actual=len(code), limit=length)
    if any(character not in _CHARACTERS for character in code):
        return rule.fails("characters", limit=_CHARACTERS)
    return None


def _miscounted(code: str, rule: Rule) -> Finding | None:
    if code[-1] != check_digit(code[:-1]):
        return rule.fails("check_digit", actual=code[-1], limit=check_digit(code[:-1]))
    if code[16] != organisation_digit(code[8:16]):
        return rule.fails(
            "embedded_digit", actual=code[16], limit=organisation_digit(code[8:16]), severity=Severity.WARN
        )
    return None


def check_digit(first: str) -> str:
    """The 18th character that GB 32100 asks for after these 17."""
    total = sum(_CHARACTERS.index(character) * pow(3, place, 31) for place, character in enumerate(first))
    return _CHARACTERS[-total % 31]


def organisation_digit(first: str) -> str:
    """The ninth character that GB 11714 asks for after the eight of an organisation code (letters count from 10)."""
    total = sum(int(character, 36) * weight for character, weight in zip(first, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def code_holds(facts: UsccFacts, rule: Rule) -> Finding:
    """PTN-01, asked of stated facts."""
    return uscc_is_valid(facts.uscc, rule)


TRIALS: Final[tuple[Trial, ...]] = (tried_alone(PTN_01, UsccFacts, code_holds),)
