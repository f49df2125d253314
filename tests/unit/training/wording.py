"""Holds what rules say in Chinese to being Chinese: no code of a value stands in a sentence."""

import re

from shared.rules import Finding

_WORD = re.compile(r"[A-Za-z]{3,}")
_RULE = re.compile(r"[A-Z]{3}-[0-9]{2}")


def in_plain_chinese(finding: Finding) -> Finding:
    """The finding, whose Chinese sentences have no word of Latin letters but the ids of rules."""
    for text in (finding.message, finding.remedy):
        said = "" if text is None else _RULE.sub("", text.zh)
        assert not _WORD.search(said), f"{finding.rule} {finding.case}: {said}"
    return finding
