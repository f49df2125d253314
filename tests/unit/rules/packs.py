"""Packs for tests: small ones written in place, and the rules of the packs that ship with the services."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from textwrap import dedent

from hypothesis import settings

import services.partnership.domain.rule_catalogue
import services.training.domain.rule_catalogue
from shared.rules import Pack, Rule, Rulebook, RuleShape, jurisdiction_of, load_packs, read_pack

# Several suites share two cores: how long an example takes says nothing about the code.
unhurried = settings(deadline=None)

SERVICES = Path(__file__).parents[3] / "services"
SHAPES = {
    "partnership": services.partnership.domain.rule_catalogue.RULES,
    "training": services.training.domain.rule_catalogue.RULES,
}
WANZHOU = jurisdiction_of("500101")

OFFER = RuleShape("OFF-01", params={"days": int}, cases=("late",), facts=("sent_on",))
OFFER_LAYER = """
    source: {document: a decision, article: one}
    confidence: own
    reading: {zh: 按天计, en: by days}
"""
OFFER_RULE = f"""
  - id: OFF-01
    severity: block*
    title: {{zh: 邀约有期限, en: An offer has an end}}{OFFER_LAYER}
    params:
      days: {{value: 14, unit: days, stricter: lower}}
    cases:
      late:
        message: {{zh: "已过 {{actual}} 天", en: "{{actual}} days have passed; {{limit}} is the most"}}
        remedy: {{zh: 请重新邀约, en: Make a new offer}}
    facts:
      sent_on:
        name: {{zh: 发出日, en: the day it was sent}}
        giver: enterprise_admin
        remedy: {{zh: 请填写发出日, en: The enterprise enters the day.}}
"""


def pack(
    rules: str = OFFER_RULE,
    *,
    name: str = "offers-cn",
    version: int = 1,
    jurisdiction: str = "CN",
    since: str = "2020-01-01",
    until: str = "null",
) -> Pack:
    """A pack of one rule, or of the rules given as YAML."""
    head = dedent(f"""\
        pack: {name}
        version: {version}
        jurisdiction: {jurisdiction}
        effective_from: {since}
        effective_to: {until}
        rules:""")
    return read_pack(head + rules, origin=f"{name}.{version}.yaml")


def change(params: str = "{}", *, severity: str | None = None) -> str:
    """What a lower pack says of the offer rule: only what it changes."""
    severity_line = f"    severity: {severity}\n" if severity else ""
    return f"\n  - id: OFF-01\n{severity_line}    params: {params}{OFFER_LAYER}"


def book(*packs: Pack, shapes: Sequence[RuleShape] = (OFFER,)) -> Rulebook:
    """A rulebook of these packs."""
    return Rulebook(packs, shapes)


@cache
def shipped(service: str) -> Rulebook:
    """The rulebook that a service starts with."""
    return Rulebook(load_packs(SERVICES / service / "rules"), SHAPES[service])


def shipped_rule(service: str, rule_id: str) -> Rule:
    """A rule of a service as it applies in Wanzhou in 2026."""
    return shipped(service).rule(rule_id, date(2026, 3, 1), WANZHOU)
