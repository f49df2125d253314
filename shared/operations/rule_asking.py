"""Rules looked up and tried on this machine, from the packs that are installed: no server and no database is asked."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from shared.errors import Misfit
from shared.kernel.calendar import business_date
from shared.kernel.clock import system_clock
from shared.kernel.working_days import LawfulCalendar
from shared.rules.rule import Rule
from shared.rules.stating import read_facts
from shared.rules.trial import Facts
from shared.rules.verdict import Finding
from shared.web.rule_catalogue import Catalogue, place_named
from shared.web.rule_views import RuleLine
from shared.web.service import installed_services

STANDARD_INPUT: Final = Path("-")


class RuleQuestionError(Misfit):
    """A question that cannot be answered as it was put; both texts say what would pass."""


def unreadable(file: Path, error: Exception) -> RuleQuestionError:
    """A file that is no text."""
    return RuleQuestionError(
        en=f"{file} cannot be read as a text in UTF-8: {error}", zh=f"{file} 无法按 UTF-8 文本读取，请检查路径和编码。"
    )


def catalogues() -> Mapping[str, Catalogue]:
    """The rules of every installed service that has any, by the service's name. Raises `PackError`."""
    services = installed_services().values()
    books = {service.name: (service, service.rulebook()) for service in services if service.rule_shapes}
    return {name: Catalogue(service, book) for name, (service, book) in books.items() if book is not None}


def catalogue_of(rule_id: str) -> Catalogue:
    """The catalogue in which the rule stands. Raises `RuleQuestionError`."""
    known = catalogues()
    for catalogue in known.values():
        if rule_id in catalogue.rulebook.ids:
            return catalogue
    ids = ", ".join(id for catalogue in known.values() for id in catalogue.rulebook.ids)
    raise RuleQuestionError(
        en=f"there is no rule {rule_id} here; there are {ids or 'none'}",
        zh=f"没有规则 {rule_id}；现有规则：{ids or '无'}。",
    )


def today() -> date:
    """The business date in the region."""
    return business_date(system_clock())


def lines(on: date, jurisdiction: str | None, language: str) -> Iterator[tuple[str, RuleLine]]:
    """Every rule that applies then and there, with the service that applies it."""
    place = place_named(jurisdiction)
    for name, catalogue in catalogues().items():
        for line in catalogue.lines(on, place, language):
            yield name, line


@dataclass(frozen=True, slots=True)
class Tried:
    """What a rule says of facts, with all that it rests on."""

    finding: Finding
    rule: Rule
    facts: Facts
    on: date
    jurisdiction: str


def try_rule(rule_id: str, inputs: Path, on: date, jurisdiction: str | None) -> Tried:
    """What the rule says of the facts in a file. Raises `RuleQuestionError`, `Refusal`, `FactsError`."""
    catalogue, place = catalogue_of(rule_id), place_named(jurisdiction)
    trial = catalogue.trial(rule_id)
    facts = read_facts(trial.facts, stated_in(inputs))
    finding = catalogue.judge(trial, facts, on=on, jurisdiction=place, calendar=LawfulCalendar())
    return Tried(finding, catalogue.rule(rule_id, on, place), facts, on, place)


def stated_in(inputs: Path) -> object:
    """What a file of facts states; `-` is the standard input. Raises `RuleQuestionError`."""
    try:
        text = sys.stdin.read() if inputs == STANDARD_INPUT else inputs.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(inputs, error) from None
    try:
        return json.loads(text)
    except ValueError as error:
        raise RuleQuestionError(en=f"{inputs} is not JSON: {error}", zh=f"{inputs} 不是有效的 JSON。") from None
