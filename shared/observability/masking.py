"""What must leave no process in a log line or a span: secrets, and the data of people."""

import re
from collections.abc import Mapping

MASK = "***"

_HIDDEN = r"authorization|password|passwd|secret|token|cookie|api_?key|private_?key|credential"

_SECRET_KEY = re.compile(_HIDDEN, re.IGNORECASE)

_IN_TEXT = (
    # scheme://user:password@host
    (re.compile(r"(://)[^\s/@]*:[^\s/]*(?=@)"), rf"\1{MASK}"),
    # the header of a request
    (re.compile(r"\b(bearer|basic)\s+[\w.~+/=-]{16,}", re.IGNORECASE), rf"\1 {MASK}"),
    # a JWT wherever it stands
    (re.compile(r"\beyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?"), MASK),
    # key=value, as in a query or a connection string
    (re.compile(rf"((?:{_HIDDEN})\w*=)[^\s&\"',;]+", re.IGNORECASE), rf"\1{MASK}"),
    # "key": "value", as in JSON or a printed dictionary
    (re.compile(rf"([\"'][\w-]*(?:{_HIDDEN})[\w-]*[\"']\s*:\s*[\"'])[^\"']+", re.IGNORECASE), rf"\1{MASK}"),
    # a one-time link is a secret in a path
    (re.compile(r"(/(?:signature|signing|consent)-links/)[^/\s?\"']+"), rf"\1{MASK}"),
    # identity number of a resident, then a mobile phone, then an e-mail address
    (re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])"), MASK),
    (re.compile(r"(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])"), MASK),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), MASK),
)

_SUSPECT = re.compile(r"[@=\"']|://|eyJ|bearer|basic|-links/|\d{11}", re.IGNORECASE)
"""Where none of these is, nothing above can be. Most fields are ids and codes: they are asked once, not nine times."""


def masked_text(text: str) -> str:
    """The same text without credentials, tokens, one-time links, phones, identity numbers and e-mail addresses."""
    if _SUSPECT.search(text) is None:
        return text
    for pattern, replacement in _IN_TEXT:
        text = pattern.sub(replacement, text)
    return text


def masked(value: object) -> object:
    """The value as plain data (str, numbers, dict, list), masked at every depth; a secret's key hides all below it."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): masked_field(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [masked(inner) for inner in value]
    return masked_text(str(value))


def masked_field(key: str, value: object) -> object:
    """The value of one field: hidden when its key names a secret, else masked inside."""
    return MASK if value is not None and _SECRET_KEY.search(key) else masked(value)
