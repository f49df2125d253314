"""The rules of one service as they are looked up and asked, over HTTP and on the command line alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from shared.errors import Invalid, Misfit, NotFound
from shared.rules.engine import NotInForce, Rulebook
from shared.rules.jurisdiction import path_of
from shared.rules.rule import Rule
from shared.rules.trial import Asked, Facts, Trial
from shared.rules.verdict import Bilingual, Finding
from shared.rules.working_calendar import WorkingCalendar
from shared.web.rule_views import RuleLine, RuleView
from shared.web.service import Service
from shared.words import Verbatim

ANYWHERE: Final = "CN/alliance"
"""Where a question is asked that names no place."""


class NoJurisdiction(Invalid):
    """A rule applies somewhere."""

    en = "That is no jurisdiction; write CN-CQ, a region code of six digits, or a path such as CN/CN-CQ/alliance."
    zh = "适用地区无效，请填写 CN-CQ、六位行政区划代码或 CN/CN-CQ/alliance 形式的路径。"


class NotInForceThen(NotFound):
    """No pack names the rule for this place on this day."""

    en = "On {on} no pack names {rule} for {jurisdiction}; it is named by {known}."
    zh = "{on} 在 {jurisdiction} 无规则包规定 {rule}；规定该规则的有：{known}。"


class NotTriable(Invalid):
    """Some rules give numbers to a calculation, and judge nothing by themselves."""

    en = "{rule} gives its numbers to a calculation and judges no facts of its own; its entry says how it is read."
    zh = "{rule} 仅为计算提供参数，不单独作出判定；其含义见规则条目。"


class FactsContradict(Invalid):
    """Each fact fits by itself, and together they cannot be."""

    en = "The facts contradict each other: {reason}"
    zh = "所填事实相互矛盾：{reason}"

    def __init__(self, error: Exception) -> None:
        zh = error.zh if isinstance(error, Misfit) else "请核对各项内容。"
        super().__init__(reason=Bilingual(zh=zh, en=str(error)))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The rules of one service, and how those are asked that can be."""

    service: Service
    rulebook: Rulebook

    def lines(self, on: date, jurisdiction: str, language: str) -> Iterator[RuleLine]:
        """Every rule that applies then and there, by id."""
        trials = self.service.trials_by_rule
        for id in self.rulebook.ids:
            try:
                rule = self.rulebook.rule(id, on, jurisdiction)
            except NotInForce:
                continue
            yield RuleLine.of(rule, trials.get(id), language)

    def rule(self, id: str, on: date, jurisdiction: str) -> Rule:
        """The rule as it applies then and there. Raises `NotFound` and `NotInForceThen`."""
        if id not in self.rulebook.ids:
            raise NotFound(kind="rule")
        try:
            return self.rulebook.rule(id, on, jurisdiction)
        except NotInForce:
            packs = (Verbatim(f"{pack.reference} ({pack.jurisdiction})") for pack in self.rulebook.naming(id))
            raise NotInForceThen(
                rule=Verbatim(id), on=on, jurisdiction=Verbatim(jurisdiction), known=tuple(packs)
            ) from None

    def shown(self, id: str, on: date, jurisdiction: str, language: str) -> RuleView:
        """Everything about the rule."""
        rule, trial = self.rule(id, on, jurisdiction), self.service.trials_by_rule.get(id)
        return RuleView.of(rule, trial, self.rulebook.naming(id), language, on=on, jurisdiction=jurisdiction)

    def trial(self, id: str) -> Trial:
        """How the rule is asked. Raises `NotTriable`."""
        if id not in self.rulebook.ids:
            raise NotFound(kind="rule")
        trial = self.service.trials_by_rule.get(id)
        if trial is None:
            raise NotTriable(rule=Verbatim(id))
        return trial

    def judge(self, trial: Trial, facts: Facts, *, on: date, jurisdiction: str, calendar: WorkingCalendar) -> Finding:
        """What the rule says of the facts. Raises `FactsContradict` and `NotInForceThen`."""
        self.rule(trial.shape.id, on, jurisdiction)
        asked = Asked(on, jurisdiction, lambda rule: self.rule(rule, on, jurisdiction), calendar)
        try:
            return trial.judge(facts, asked)
        except (ValueError, OverflowError) as error:
            raise FactsContradict(error) from error


def place_named(jurisdiction: str | None) -> str:
    """The path that is meant; the whole alliance where none is named. Raises `NoJurisdiction`."""
    try:
        return path_of(jurisdiction or ANYWHERE)
    except ValueError:
        raise NoJurisdiction from None
