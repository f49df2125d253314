"""What a committee is shown of a base: papers as far as it has come, what rules say, and every hole that is open."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.training.domain.acceptance.base_papers import BasePaper, base_papers_needed
from services.training.domain.acceptance.case import AcceptanceCase, Offered, Use
from services.training.domain.acceptance.holes import HoleKind, Weight
from services.training.domain.acceptance.pack import AcceptancePack
from services.training.domain.agreement import AgreementStatus
from services.training.domain.base_functions import BAS_02
from services.training.domain.base_plan import BaseFunction
from services.training.domain.base_rules import BAS_01
from services.training.domain.directory import OrganizationUnknown
from services.training.domain.kinship import born_of
from services.training.domain.training_base import BaseStatus, TrainingBase
from services.training.storage import TrainingWork
from shared.contracts.ids import new_id
from shared.documents.checklist import checklist
from shared.documents.content import Content
from shared.documents.document import Document, NewDocument
from shared.papers.paper import Paper
from shared.rules import Decision
from tests.unit.training.college import RULEBOOK, TODAY, College, base_terms
from tests.unit.training.test_training_base import PLAN, confirm, opened, override, planned

ALL = tuple(function.value for function in BaseFunction)
NOTHING = Offered(posts=0, places=0, listed=(), present={})
UNUSED = Use(placements={}, cohorts={}, trainees=0, practices={}, verified_days=0)


def case_of(college: College, base: TrainingBase, **parts: Any) -> AcceptanceCase:
    """A base in memory with what stands around it."""
    known = [TrainingWork.organizations.mapping.thing(row) for row in college.store.rows["known_organization"].values()]
    decisions = [row["body"] for changes in college.store.changes for row in changes.decisions]
    stated = {
        "agreement": None,
        "organizations": {each.id: each for each in known},
        "decisions": tuple(Decision(**_typed(body)) for body in decisions if body["subject"] == base.id),
        "documents": (),
        "offered": NOTHING,
        "use": UNUSED,
    }
    return AcceptanceCase(base=base, **{**stated, **parts})


def _typed(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "on": date.fromisoformat(body["on"]), "findings": ()}


def kept(base: TrainingBase, kind: BasePaper, valid_to: date | None = None) -> Document:
    content = Content(sha256="0" * 64, size=1, media_type="application/pdf")
    new = NewDocument(
        id=new_id("document"), about=base, document_kind=kind, content=content, title="x", valid_to=valid_to
    )
    return Document.keep(new, service="training")[0]


def pack_of(case: AcceptanceCase, on: date = TODAY) -> AcceptancePack:
    sector, functions = (RULEBOOK.rule(shape.id, on=on, jurisdiction=case.jurisdiction) for shape in (BAS_01, BAS_02))
    lines = checklist(base_papers_needed(case.base, on), case.documents, on=on, soon=timedelta(days=30))
    return AcceptancePack.of(case, (case.sector(sector), case.functions(functions)), tuple(lines), on=on)


def holes(pack: AcceptancePack) -> list[tuple[str, str, str]]:
    return [(hole.kind.code, hole.weight.code, hole.subject) for hole in pack.holes]


async def building(college: College) -> TrainingBase:
    base_id = await planned(college, plan=replace(PLAN, functions=ALL))
    return replace(await confirm(college, base_id, college.enterprise), status=BaseStatus.BUILDING)


def papers(base: TrainingBase) -> tuple[Document, ...]:
    return tuple(kept(base, BasePaper(need.kind)) for need in base_papers_needed(base, TODAY))


async def test_of_a_planned_base_everything_is_open(college: College) -> None:
    base = await college.read("bases", await planned(college, plan=replace(PLAN, stations=0)))

    pack = pack_of(case_of(college, base))

    assert not pack.complete
    assert holes(pack) == [
        ("status", "refuses", base.id),
        ("rule", "refuses", "BAS-01"),
        ("paper", "lacks", "enterprise_confirmation"),
        ("paper", "lacks", "construction_plan"),
        ("places", "lacks", base.id),
        ("rule", "tells", "BAS-02"),
        ("confirmation", "tells", college.enterprise),
    ]


async def test_with_all_papers_and_a_confirmed_enterprise_nothing_is_open(college: College) -> None:
    base = await building(college)

    pack = pack_of(case_of(college, base, documents=papers(base)))

    assert (pack.complete, pack.holes) == (True, ())
    assert [paper.standing.code for paper in pack.papers] == ["there"] * 4
    operator, enterprise = pack.parties
    assert (operator.operates, enterprise.confirmed, enterprise.confirmed_on) == (True, True, TODAY)


async def test_the_day_of_a_confirmation_is_that_of_the_first(college: College) -> None:
    bakery = college.knows("enterprise", "511700", "C1411")
    base_id = await planned(college, invited=(bakery, college.enterprise))
    await confirm(college, base_id, bakery)
    college.today = TODAY + timedelta(days=9)
    base = await confirm(college, base_id, college.enterprise)

    case = case_of(college, base)

    assert (case.confirmed_on(bakery), case.confirmed_on(college.enterprise)) == (TODAY, college.today)
    assert case.confirmed_on(college.operator) is None


async def test_a_rule_is_shown_with_its_facts_and_the_decision_that_was_kept(college: College) -> None:
    base = await building(college)

    sector, functions = pack_of(case_of(college, base)).rules

    assert (sector.finding.rule, sector.finding.verdict, sector.finding.limit) == ("BAS-01", "pass", "38")
    assert sector.facts == {"base_codes": ["C38"], "enterprise_codes": {college.enterprise: "C3824"}}
    assert sector.decision_id is not None
    assert (functions.finding.verdict, functions.decision_id, functions.decided_on) == ("pass", None, None)


async def test_what_was_accepted_as_an_exception_is_no_hole_and_asks_for_no_letter(college: College) -> None:
    base = await override(college, await planned(college))

    pack = pack_of(case_of(college, base))

    assert pack.rules[0].finding.verdict == "overridden"
    assert "BAS-01" not in {hole.subject for hole in pack.holes}
    assert "enterprise_confirmation" not in {paper.kind.code for paper in pack.papers}


@pytest.mark.parametrize(("status", "weight"), [("building", "lacks"), ("planned", "refuses")])
@pytest.mark.parametrize("agreed", [AgreementStatus.SIGNED, AgreementStatus.ENDED, None])
async def test_a_base_whose_agreement_is_not_in_force_has_a_hole(
    college: College, agreed: AgreementStatus | None, status: str, weight: str
) -> None:
    agreement_id = await college.signed("base_co_build", base_terms(college.operator))
    base = replace(await college.read("bases", born_of(agreement_id, "base")), status=BaseStatus(status))
    agreement = await college.read("agreements", agreement_id)

    in_force = pack_of(case_of(college, base, agreement=agreement))
    pack = pack_of(case_of(college, base, agreement=replace(agreement, status=agreed) if agreed else None))

    assert ("agreement", weight, agreement_id) in holes(pack)
    assert "agreement" not in {kind for kind, _, _ in holes(in_force)}
    assert "co_building_agreement" in {paper.kind.code for paper in pack.papers}


@pytest.mark.parametrize(
    ("valid_to", "standing", "weight"),
    [(TODAY - timedelta(days=1), "expired", "lacks"), (TODAY + timedelta(days=9), "expiring", "tells")],
)
async def test_a_paper_that_is_over_is_lacking_and_one_that_ends_soon_is_told(
    college: College, valid_to: date, standing: str, weight: str
) -> None:
    base = await building(college)
    others = [each for each in papers(base) if each.document_kind != BasePaper.SAFETY_ACCEPTANCE]

    documents = (*others, kept(base, BasePaper.SAFETY_ACCEPTANCE, valid_to))
    pack = pack_of(case_of(college, base, documents=documents))

    assert {paper.standing.code for paper in pack.papers} == {"there", standing}
    assert holes(pack) == [("paper", weight, "safety_acceptance")]
    assert pack.complete is (weight == "tells")


async def test_papers_are_asked_for_as_far_as_the_base_has_come(college: College) -> None:
    base = await college.read("bases", await opened(college))

    def asked(**changed: Any) -> set[str]:
        return {need.kind for need in base_papers_needed(replace(base, **changed), TODAY)}

    assert asked(status=BaseStatus.PLANNED) == {"enterprise_confirmation", "construction_plan"}
    assert asked() - asked(status=BaseStatus.BUILDING) == {"acceptance_report"}
    assert asked() - asked(stations=0) == {"equipment_list"}
    assert asked() - asked(base_kind="virtual_simulation") == {"safety_acceptance"}
    assert asked(status=BaseStatus.CLOSED) == set()


async def test_of_a_closed_base_only_that_is_said(college: College) -> None:
    base = replace(await college.read("bases", await planned(college)), status=BaseStatus.CLOSED)

    assert holes(pack_of(case_of(college, base))) == [("status", "refuses", base.id)]


async def test_the_number_follows_from_what_is_said_and_the_day(college: College) -> None:
    case = case_of(college, await building(college))

    one, again, later = pack_of(case), pack_of(replace(case)), pack_of(case, TODAY + timedelta(days=1))

    assert Paper(one, "zh").number == Paper(again, "zh").number
    assert len({Paper(one, "zh").number, Paper(one, "en").number, Paper(later, "zh").number}) == 3


async def test_a_kind_of_base_that_nobody_has_named_is_called_by_its_code(college: College) -> None:
    base = replace(await building(college), base_kind="moon_base")

    assert pack_of(case_of(college, base)).base.kind.zh == "moon_base"


async def test_rules_are_asked_at_a_home_that_is_known(college: College) -> None:
    case = case_of(college, await building(college), organizations={})

    with pytest.raises(OrganizationUnknown):
        assert case.jurisdiction


def test_every_hole_says_what_it_is_in_both_languages() -> None:
    assert all(word.zh and word.en for words in (HoleKind, Weight) for word in words)
