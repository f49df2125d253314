"""One thing of each kind that a service keeps, whose it is, and what is sent to the routes that act on it.

A new route with an id in its path needs an entry in `ids` here, and in `bodies` if it reads one; `tests/integration/
test_access.py` fails until it has them.
"""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import AsyncConnection

from services.partnership.api.signed import SIGNED as PARTNERSHIP_SIGNS
from services.partnership.commands import CreateSignatureLink, PublishCapability
from services.partnership.domain.agreement import Agreement
from services.partnership.domain.capability import Offer
from services.partnership.domain.need_terms import Visibility
from services.partnership.handlers import capability, signing
from services.partnership.handlers.approving import SUBMIT
from services.talent.commands import EnterProgrammeYear, RegisterProgramme
from services.talent.domain.programme import ProgrammeEntry
from services.talent.domain.programme_year import YearMetrics
from services.talent.handlers.demand import weigh_need
from services.talent.handlers.programme import register_programme
from services.talent.handlers.programme_year import enter_programme_year
from services.training.api.signed import SIGNED as TRAINING_SIGNS
from services.training.commands.hosting import OpenHostingYear
from services.training.commands.training_base import PlanBase
from services.training.domain.base_plan import BasePlan, Place
from services.training.domain.hosting import HostingYear
from services.training.domain.internship.placement import Placement
from services.training.domain.kinship import born_of
from services.training.handlers import training_base
from services.training.handlers.approving import PUBLISH_BATCH
from services.training.handlers.hosting import open_hosting_year
from shared.contracts.ids import new_id
from shared.contracts.partnership import NeedPosted
from shared.documents.signing.parties import role_in
from shared.persistence import sets
from shared.persistence.spine import ReachRow, table_of
from tests.fakes import NOON, MemoryStore
from tests.integration.access import (
    approvals,
    documents,
    internships,
    papers,
    people,
    placements,
    recognitions,
    rosters,
    signings,
    staff,
    worklist,
)
from tests.integration.access.imported import imported, keep_import
from tests.unit.notify import world as notify
from tests.unit.partnership.alliance import COOP_OFFICE, TODAY, Alliance
from tests.unit.talent import town as talent
from tests.unit.talent import world
from tests.unit.training.college import College
from tests.unit.training.faculty.trainee import trainee
from tests.unit.training.learner import enrolled_learner

REASON = {"reason": "no longer needed"}
PAPER = {"language": "zh"}
TOKEN = "a-token-of-forty-three-characters-0123456789"[:43]
DEAD_LETTER: sets.Row = {
    "consumer": "test", "event_id": "1", "topic": "test", "partition": 0, "offset": 0, "key": "1", "type": "test",
    "headers": b"[]", "payload": b"{}", "error_type": "Poison", "error": "poison", "attempts": 1, "status": "open",
    "first_seen": NOON, "last_seen": NOON,
}  # fmt: skip


@dataclass(frozen=True)
class Things:
    """What a service keeps; an id is named by the two segments of the path in which it stands."""

    store: MemoryStore
    ids: Mapping[str, str]
    organizations: tuple[str, ...]
    persons: tuple[str, ...] = ()
    bodies: Mapping[str, object] = field(default_factory=dict)
    queries: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    async def keep(self, connection: AsyncConnection, metadata: MetaData) -> None:
        """Write them, and whose they are, where the service looks for them."""
        for name, rows in self.store.rows.items():
            await sets.insert(connection, metadata.tables[name], list(rows.values()))
        reached = [row for changes in self.store.changes for row in changes.reached]
        await sets.claim(connection, table_of(ReachRow), reached, "object_id")
        await sets.insert(connection, metadata.tables["dead_letter"], [DEAD_LETTER])


async def of_partnership() -> Things:
    alliance = await Alliance().open()
    need = await alliance.post(visibility=Visibility.NAMED, named_organization_ids=(alliance.university,))
    match = await alliance.proposed(need)
    paper = await alliance.submitted()
    copy = documents.Kept(Agreement, paper.id, "signed_copy")
    text, school = documents.Kept(Agreement, paper.id, "agreement_paper"), alliance.university
    out = signings.Out(text, PARTNERSHIP_SIGNS, school, role_in("university_coop_office", school))
    signing_ids, sent_to_sign = await out.put(alliance.do)
    draft = await alliance.drafted()
    approval_ids, sent_to_approve = await approvals.asked(alliance.do, SUBMIT, school, draft.id)
    ids = {
        "organizations/{organization_id}": alliance.enterprise,
        "needs/{need_id}": need.id,
        "capabilities/{capability_id}": await _offered(alliance),
        "matches/{match_id}": match.id,
        "agreements/{agreement_id}": paper.id,
        "signature-links/{token}": await _linked(alliance, paper.id),
        "imports/{import_id}": await alliance.do(keep_import, imported("organizations", None)),
        **copy.ids(await alliance.do(documents.keep, copy)),
        **signing_ids,
        **approval_ids,
    }
    bodies = {
        **sent_to_sign,
        **sent_to_approve,
        "POST /v1/organizations/{organization_id}/suspension": REASON,
        "PATCH /v1/organizations/{organization_id}": {"employees_total": 301},
        "PATCH /v1/needs/{need_id}": {"title": "Welding"},
        "POST /v1/needs/{need_id}/withdrawal": REASON,
        "POST /v1/matches/{match_id}/declination": REASON,
        "PATCH /v1/agreements/{agreement_id}": {"starts_on": "2026-10-01"},
        "POST /v1/agreements/{agreement_id}/termination": REASON,
        "POST /v1/agreements/{agreement_id}/papers": PAPER,
        "POST /v1/agreements/{agreement_id}/signature-links": {"signatory": "Legal Representative"},
        "POST /v1/documents/{document_id}/voiding": REASON,
    }
    parties = (alliance.enterprise, alliance.university)
    return Things(alliance.store, ids, parties, bodies=bodies, queries=copy.queries)


async def _offered(alliance: Alliance) -> str:
    offer = Offer(
        kind="order_class", programme_ids=(), base_ids=(), teacher_ids=(), capacity=40, starts_on=TODAY,
        ends_on=TODAY + timedelta(days=300), skills=(),
    )  # fmt: skip
    command = PublishCapability(capability_id=new_id("capability"), organization_id=alliance.university, offer=offer)
    await alliance.do(capability.publish_capability, command)
    return command.capability_id


async def _linked(alliance: Alliance, agreement_id: str) -> str:
    command = CreateSignatureLink(
        link_id=new_id("signature_link"),
        agreement_id=agreement_id,
        organization_id=alliance.university,
        roles=COOP_OFFICE,
        signatory="Legal Representative",
        token_hash=hashlib.sha256(TOKEN.encode()).hexdigest(),
    )
    await alliance.do(signing.create_signature_link, command)
    return TOKEN


async def of_training() -> Things:
    college = College()
    teacher, learner = await trainee(college), await enrolled_learner(college)
    practice = await teacher.finish()
    outcome = await learner.learn()
    interns, asked = await internships.unit(college)
    written, writers, sent = await papers.written(college)
    staff_ids, staff_bodies = await staff.kept(college, teacher.teacher_id)
    recognised, sent_there = await recognitions.kept(college, teacher.teacher_id)
    placement_id = written["placements/{placement_id}"]
    agreement = documents.Kept(Placement, placement_id, "tripartite_agreement")
    text = documents.Kept(Placement, placement_id, "tripartite_paper")
    school = role_in("university_coop_office", college.university)
    signing_ids, sent_to_sign = await signings.Out(text, TRAINING_SIGNS, college.university, school).put(college.do)
    draft_id = await recognitions.drafted(college)
    approval_ids, sent_to_approve = await approvals.asked(college.do, PUBLISH_BATCH, college.university, draft_id)
    ids = {
        **interns,
        **written,
        **staff_ids,
        **recognised,
        "bases/{base_id}": await _planned(college),
        "teachers/{teacher_id}": teacher.teacher_id,
        "students/{student_id}": learner.student_id,
        "practice-seats/{seats_id}": born_of(teacher.agreement_id, "seat"),
        "practices/{practice_id}": practice.id,
        "leaves/{leave_id}": await teacher.is_away(),
        "hosting-years/{hosting_year_id}": await _hosting(college),
        "obligations/{obligation_id}": born_of(teacher.teacher_id, "obligation", "five_year_180"),
        "cohorts/{cohort_id}": learner.cohort_id,
        "accounts/{account_id}": learner.account_id,
        "outcomes/{outcome_id}": outcome.id,
        "conversions/{conversion_id}": await learner.propose((outcome.id, None)),
        "imports/{import_id}": await college.do(keep_import, imported("students", college.university)),
        "rosters/{roster_id}": await college.do(rosters.waiting, college.university),
        **agreement.ids(await college.do(documents.keep, agreement)),
        **signing_ids,
        **approval_ids,
        **await people.asked(college, learner.student_id),
    }
    return Things(
        college.store,
        ids,
        (college.university, college.enterprise, college.operator),
        (teacher.teacher_id, learner.student_id, *writers),
        {
            **asked,
            **sent,
            **sent_to_sign,
            **sent_to_approve,
            **placements.bodies(learner.student_id),
            **staff_bodies,
            **sent_there,
            **people.BODIES,
            **_bodies_about_people(college, learner.student_id, learner.account_id, learner.cohort_id),
            **_bodies_about_practice(teacher.teacher_id, teacher.agreement_id, college.enterprise),
            "POST /v1/bases/{base_id}/overrides": {"rule": "BAS-01", "reason_code": "public_facility", **REASON},
            "POST /v1/bases/{base_id}/suspension": REASON,
            "POST /v1/bases/{base_id}/papers": PAPER,
            "POST /v1/practices/{practice_id}/papers": PAPER,
            "POST /v1/hosting-years/{hosting_year_id}/papers": PAPER,
            "POST /v1/placements/{placement_id}/papers": {"kind": "consent_paper", **PAPER},
            "POST /v1/bases/{base_id}/closure": REASON,
            "POST /v1/conversions/{conversion_id}/rejection": REASON,
            "POST /v1/conversions/{conversion_id}/reversal": REASON,
            "POST /v1/documents/{document_id}/voiding": REASON,
        },
        agreement.queries,
    )


async def _planned(college: College) -> str:
    plan = BasePlan(
        name="a base", base_kind="public_training", functions=("training_teaching",), industry_codes=("C38",),
        skills=(), stations=4, place=Place(region_code="500101"), open_scope="own",
    )  # fmt: skip
    command = PlanBase(
        base_id=new_id("base"), organization_id=college.operator, invited_ids=(college.enterprise,), plan=plan
    )
    await college.do(training_base.plan_base, command)
    return command.base_id


async def _hosting(college: College) -> str:
    command = OpenHostingYear(enterprise_id=college.enterprise, year=college.today.year)
    opened: HostingYear = await college.do(open_hosting_year, command)
    return opened.id


def _bodies_about_people(college: College, student_id: str, account_id: str, cohort_id: str) -> dict[str, object]:
    named = {"name": "张三", "programme_ids": [], "skills": [], "region_code": "500101", "status": "active"}
    return {
        "PUT /v1/teachers/{teacher_id}": named,
        "PUT /v1/students/{student_id}": {"programme_id": college.programme, "study_year": 3, "status": "enrolled"},
        "POST /v1/cohorts/{cohort_id}/enrolments": {"student_ids": [student_id]},
        "POST /v1/accounts": {"person_id": student_id},
        "POST /v1/outcomes": {
            "account_id": account_id, "kind": "academic_course", "hours": 17, "evidence_id": cohort_id, "course": "C-9",
        },
        "POST /v1/conversions": {
            "account_id": account_id,
            "outcomes": [{"outcome_id": new_id("outcome")}],
            "target_programme_id": college.programme,
        },
    }  # fmt: skip


def _bodies_about_practice(teacher_id: str, agreement_id: str, enterprise_id: str) -> dict[str, object]:
    day = date(2026, 8, 3).isoformat()
    return {
        "POST /v1/practices": {
            "teacher_id": teacher_id, "agreement_id": agreement_id, "enterprise_id": enterprise_id, "form": "post_work",
            "starts_on": day, "ends_on": day, "weekdays": [1], "hours_per_day": 8,
        },
        "POST /v1/practices/{practice_id}/logs": {"entries": [{"date": day, "hours": 8}]},
        "POST /v1/practices/{practice_id}/verifications": {"verdict": "confirmed"},
        "POST /v1/practices/{practice_id}/completion": {"evidence": []},
        "POST /v1/practices/{practice_id}/pause": REASON,
        "POST /v1/practices/{practice_id}/revocation": REASON,
        "POST /v1/teachers/{teacher_id}/leaves": {"kind": "maternity", "starts_on": day, "ends_on": day},
    }  # fmt: skip


async def of_talent() -> Things:
    town = talent.Town()
    town.know(*talent.region())
    await town.hear(weigh_need, world.posted(visibility="named", named_organization_ids=[world.UNIVERSITY]))
    entry = ProgrammeEntry(
        code="460301", name="机电一体化技术", level="college", industry_codes=(), occupation_codes=(), skills=(),
        region_code="500101", students=40, total_half_credits=280,
    )  # fmt: skip
    command = RegisterProgramme(programme_id=new_id("programme"), university_id=world.UNIVERSITY, entry=entry)
    await town.hear(register_programme, command)
    body = {"code": "460301", "name": "机电", "level": "college", "region_code": "500101", "total_half_credits": 280}
    year = EnterProgrammeYear(
        year_id=new_id("programme_year"), programme_id=command.programme_id, year=2025, metrics=YearMetrics(students=40)
    )
    await town.hear(enter_programme_year, year)
    entered = imported("programme-years", world.UNIVERSITY)
    await town.hear(keep_import, entered)
    ids = {
        "programmes/{programme_id}": command.programme_id,
        "needs/{need_id}": world.NEED,
        "programme-years/{year_id}": year.year_id,
        "imports/{import_id}": entered.id,
    }
    bodies = {
        "PUT /v1/programmes/{programme_id}": body,
        "PUT /v1/programme-years/{year_id}": {"students": 41},
        "POST /v1/programmes/{programme_id}/years": {"year": 2024, "students": 39},
    }
    return Things(town.store, ids, (world.UNIVERSITY, world.ENTERPRISE), bodies=bodies)


async def of_notify() -> Things:
    store = notify.region()
    await notify.tell(store, notify.golden(NeedPosted, organization_id=notify.ENTERPRISE))
    told = next(each for each in notify.notifications(store) if each.recipient == notify.ADMIN_E)
    ids = {
        "inbox/{id}": told.id,
        "parties/{party}": notify.ADMIN_E,
        "delegations/{delegation_id}": await worklist.handed_on(store),
        "stories/{correlationid}": told.story,
        "tellings/{correlationid}": told.story,
    }
    bodies = {
        "PUT /v1/parties/{party}/addresses": {"addresses": []},
        "PUT /v1/parties/{party}/preferences": {"preferences": []},
        "PUT /v1/parties/{party}/locale": {"locale": "en"},
    }
    return Things(store, ids, (notify.ENTERPRISE, notify.UNIVERSITY), bodies=bodies)


OF: Mapping[str, Callable[[], Awaitable[Things]]] = {
    "partnership": of_partnership,
    "training": of_training,
    "talent": of_talent,
    "notify": of_notify,
}
EVERYWHERE: Mapping[str, str] = {
    "dead-letters/{id}": "1", "docs/{asset}": "swagger-ui.css", "calendar/{year}": "2027",
    "personal-data/{person_id}": people.SOMEBODY,
}  # fmt: skip
A_RULE_OF: Mapping[str, str] = {"partnership": "PTN-01", "training": "X-03", "talent": "MAT-01"}
ACTS_OF_EVERYBODY: Mapping[str, Any] = {"POST /v1/rules/{rule_id}/trials": {"facts": {}}}
ACTS_OF_OPERATORS: Mapping[str, Any] = {
    "PUT /v1/calendar/{year}": "no table",
    "POST /v1/operations/dead-letters/replays": {"dry_run": True},
    "POST /v1/operations/dead-letters/discards": {"ids": [1], "reason": "of no use"},
    "POST /v1/operations/rebuilds": {"consumer": "no such"},
    "POST /v1/operations/backfills": {"consumer": "no such", "since": "2026-09-01T00:00:00+08:00"},
}
