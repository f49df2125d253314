"""How the command line tells of rules, of what they say, and of decisions."""

import json
from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Console
from rich.markup import escape

from shared.operations.rule_asking import Tried
from shared.operations.rule_reviewing import Compared, Explained
from shared.rules.rejudging import Rejudged
from shared.rules.verdict import Finding
from shared.web.rule_views import ParamView, RuleLine, RuleView

console = Console(soft_wrap=True, highlight=False)

_COLOURS: Final = {"pass": "green", "overridden": "green", "unknown": "yellow", "fail": "red"}


def show_lines(lines: Iterable[tuple[str, RuleLine]]) -> None:
    """One line for each rule."""
    for service, line in lines:
        cells = f"{line.id:<8}{service:<13}{line.severity:<8}{line.confidence:<12}{line.version:<28}"
        console.print(f"{cells}{'' if line.tried else '(not tried) '}{escape(line.title)}")


def show_rule(rule: RuleView) -> None:
    """Everything about one rule."""
    console.print(f"[bold]{rule.id}[/bold] {escape(rule.title)}")
    _tell(
        ("severity", rule.severity),
        ("applies", f"{rule.on} in {rule.jurisdiction}, by {', '.join(rule.packs)}"),
        ("source", f"{rule.source}; {rule.article}"),
        ("confidence", f"{rule.confidence}. {rule.confidence_explained}"),
        ("reading", rule.reading),
        *(("number", _number(param)) for param in rule.params),
        *((f"if {case.case}", f"{case.message} {case.remedy}") for case in rule.cases),
        *(("fact", f"{fact.fact}: {fact.name}; from {fact.giver}") for fact in rule.facts),
        *(
            ("version", f"{v.pack}@{v.version} ({v.jurisdiction}) {v.effective_from} to {v.effective_to or '…'}")
            for v in rule.versions
        ),
    )
    if rule.facts_schema is None:
        console.print("It gives its numbers to a calculation and is not tried.")
    else:
        console.print("Facts it is tried with, as JSON Schema:")
        console.print_json(json.dumps(rule.facts_schema, ensure_ascii=False))


def show_tried(tried: Tried, language: str) -> None:
    """What a rule says, what would make it pass, who gives what is missing, and what all of it rests on."""
    finding, rule = tried.finding, tried.rule
    console.print(_headline(finding))
    console.print(f"  {escape(finding.message.say(language))}")
    _tell(
        *((("remedy", finding.remedy.say(language)),) if finding.remedy else ()),
        *((("actual", str(finding.actual)),) if finding.actual is not None else ()),
        *((("limit", str(finding.limit)),) if finding.limit is not None else ()),
        *(
            ("missing", f"{one.fact}: {rule.facts[one.fact].name.say(language)}; from {one.giver}")
            for one in finding.missing
        ),
        ("applies", f"{tried.on} in {tried.jurisdiction}, by {', '.join(finding.packs)}"),
        ("evidence", tried.facts.model_dump_json(exclude_none=True)),
    )


def show_explained(found: Explained, language: str) -> None:
    """A kept decision with its findings, its inputs, and whether the same comes out again."""
    decision = found.decision
    console.print(f"[bold]{decision.id}[/bold] on {decision.subject}, kept by {found.service}")
    _tell(
        ("decided", f"{found.decided_at.isoformat()}, for the business date {decision.on}"),
        ("place", decision.jurisdiction),
        ("outcome", "refused" if decision.refused else "not refused"),
    )
    for finding in found.findings:
        _show_rejudged(finding, language)
    console.print("inputs:")
    console.print_json(json.dumps(dict(decision.inputs), ensure_ascii=False))


def show_compared(findings: Sequence[Compared], language: str) -> int:
    """Those that would come out differently; how many they are."""
    different = [one for one in findings if one.finding.same is False]
    unjudged = sum(one.finding.again is None for one in findings)
    console.print(
        f"{len(findings)} open findings looked at: {len(different)} would come out differently, "
        f"{unjudged} cannot be judged again."
    )
    for one in different:
        _show_difference(one, language)
    return len(different)


def _show_rejudged(finding: Rejudged, language: str) -> None:
    kept = finding.kept
    console.print(_headline(kept))
    _tell(
        ("says", kept.message.say(language)),
        *((("remedy", kept.remedy.say(language)),) if kept.remedy else ()),
        *((("accepted", f"by {kept.approval.approver_role}: {kept.approval.reason}"),) if kept.approval else ()),
        ("packs", ", ".join(kept.packs)),
        ("again", _again(finding)),
    )


def _again(finding: Rejudged) -> str:
    if finding.again is None:
        return f"not judged again: {finding.reason}"
    return "the same comes out" if finding.same else f"now comes out {_told(finding.again)}"


def _show_difference(one: Compared, language: str) -> None:
    kept, again = one.finding.kept, one.finding.again
    assert again is not None  # noqa: S101
    console.print(f"[bold]{kept.rule}[/bold] on {one.decision.subject} ({one.decision.id}, for {one.decision.on})")
    _tell(("now", _told(kept)), ("then", _told(again)), ("says", again.message.say(language)))


def _headline(finding: Finding) -> str:
    colour = _COLOURS[finding.verdict]
    refuses = ", refuses" if finding.refuses else ""
    return f"[bold]{finding.rule}[/bold] [{colour}]{finding.verdict}[/{colour}] ({finding.severity}{refuses})"


def _told(finding: Finding) -> str:
    numbers = (f"{name} {value}" for name, value in (("actual", finding.actual), ("limit", finding.limit)) if value)
    return ", ".join((f"{finding.verdict} ({finding.severity})", *numbers))


def _number(param: ParamView) -> str:
    bounds = f", from {param.least} to {param.most}" if param.least is not None else ""
    label = "" if param.label == param.name else f" ({param.label})"
    return f"{param.name}{label} = {param.told}{bounds}"


def _tell(*parts: tuple[str, str]) -> None:
    for name, said in parts:
        console.print(f"  [dim]{name:<11}[/dim] {escape(said)}")
