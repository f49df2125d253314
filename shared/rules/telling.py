"""How one finding tells of everything that is wrong, so that nobody mends a case only to hear of the next one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from shared.rules.verdict import Bilingual, Finding

MOST_TOLD: Final = 20


def told_together(findings: Sequence[Finding]) -> Finding:
    """The first finding, with what all of them say; each sentence once, and of many the first 20 and how many more."""
    told = tuple(dict.fromkeys((finding.message, finding.remedy) for finding in findings))
    shown, more = told[:MOST_TOLD], len(told) - MOST_TOLD
    if len(shown) == 1:
        return findings[0]
    messages = [message for message, _ in shown]
    if more > 0:
        messages.append(Bilingual(f"另有 {more} 项。", f"There are {more} more."))
    remedies = dict.fromkeys(remedy for _, remedy in shown if remedy is not None)
    return replace(findings[0], message=_joined(messages), remedy=_joined(remedies) if remedies else None)


def _joined(sentences: Iterable[Bilingual]) -> Bilingual:
    said = tuple(sentences)
    return Bilingual("".join(each.zh for each in said), " ".join(each.en for each in said))
