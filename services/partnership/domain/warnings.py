"""Findings that forbade nothing and should still be seen: they are kept beside what they were made on."""

from shared.rules import Decision, Finding, Verdict


def warnings_of(decision: Decision) -> tuple[Finding, ...]:
    """The findings short of a pass of a decision that refused nothing."""
    passes = {Verdict.PASS, Verdict.OVERRIDDEN}
    return tuple(finding for finding in decision.findings if finding.verdict not in passes)
