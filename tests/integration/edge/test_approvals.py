"""Approvals inside an organisation over HTTP: set up as data, asked for, decided in order, and used up by the act."""

import asyncio
from typing import Any

import pytest

from shared.contracts.ids import new_id
from tests.integration.edge.approving import APPROVALS, CHAINS, SIGNATURE, STEPS, SUBMISSION, Campus, campus
from tests.integration.edge.door import Door
from tests.integration.edge.signing import ROOT, SCAN, Table, refused, table, told


@pytest.fixture
async def school(door: Door) -> Campus:
    return await campus(door)


async def test_what_is_approved_by_both_offices_is_submitted(school: Campus) -> None:
    await school.put_chain()
    paper = await school.drafted()

    early = await school.submit(paper, **{"accept-language": "zh"})
    case = await school.approved(paper)
    submitted = told(await school.submit(paper))

    assert refused(early) == (409, "approval_required")
    assert early.json()["type"] == "urn:sunmao:problem:approval_required"
    assert early.json()["detail"].endswith("下一环节：第 1 步（共 2 步）“教务处”。")
    assert (case["status"], case["turn"], len(case["decisions"])) == ("approved", None, 2)
    assert submitted["status"] == "pending_signatures"
    assert (await school.shown(case))["status"] == "used"


async def test_steps_are_decided_in_order_by_whose_they_are_and_not_by_who_asked(school: Campus) -> None:
    own = {"name_zh": "合作处", "role": "university_coop_office"}
    await school.put_chain([own, *STEPS])
    case = told(await school.ask(await school.drafted()))

    early = await school.decide(case, school.personnel, 3)
    of_others = await school.decide(case, school.personnel, 1)
    by_asker = await school.decide(case, school.coop, 1)
    by_colleague = told(await school.decide(case, school.person("university_coop_office"), 1))
    again = await school.decide(case, school.coop, 1)

    assert (refused(early), refused(of_others)) == ((409, "step_over"), (403, "not_your_step"))
    assert (refused(by_asker), refused(again)) == ((403, "own_request"), (409, "step_over"))
    assert (by_colleague["step"], by_colleague["turn"]) == (
        2,
        f"role:university_academic_office@{school.university_id}",
    )


async def test_a_refusal_says_why_and_what_was_mended_is_asked_for_again(school: Campus) -> None:
    await school.put_chain()
    paper = await school.drafted()
    case = told(await school.ask(paper))

    speechless = await school.decide(case, school.academic, 1, "refused")
    no = told(await school.decide(case, school.academic, 1, "refused", reason="the term is too short"))
    told(await school.revise(paper))
    again = told(await school.ask(paper))

    assert refused(speechless) == (422, "reason_missing")
    assert (no["status"], no["decisions"][0]["reason"]) == ("refused", "the term is too short")
    assert (again["status"], again["step"]) == ("open", 1)
    assert refused(await school.ask(paper)) == (409, "asked_already")


async def test_a_named_person_decides_and_sees_what_names_them(school: Campus) -> None:
    dean_id = new_id("teacher")
    dean, other = school.person("teacher", dean_id), school.person("teacher", new_id("teacher"))
    await school.put_chain([{"name_zh": "二级学院院长", "role": "teacher", "person_id": dean_id}])
    case = told(await school.ask(await school.drafted()))

    by_other = await school.decide(case, other, 1)
    listed = [told(await school.get(APPROVALS, who))["items"] for who in (dean, other)]
    by_dean = told(await school.decide(case, dean, 1))

    assert refused(by_other) == (404, "not_found")
    assert [[each["id"] for each in items] for items in listed] == [[case["id"]], []]
    assert by_dean["status"] == "approved"


async def test_nobody_else_sees_or_decides(school: Campus) -> None:
    chain, case = await school.put_chain(), told(await school.ask(await school.drafted()))
    enterprise = school.door.token("enterprise_admin", school.enterprise_id)

    assert refused(await school.get(f"{APPROVALS}/{case['id']}", enterprise)) == (404, "not_found")
    assert refused(await school.decide(case, enterprise, 1)) == (404, "not_found")
    assert refused(await school.get(f"{CHAINS}/{chain['id']}", enterprise)) == (404, "not_found")
    assert told(await school.get(APPROVALS, enterprise))["items"] == []


async def test_a_chain_is_changed_knowing_what_it_is_and_ended_with_a_reason(school: Campus) -> None:
    chain = await school.put_chain()
    path, body = f"{CHAINS}/{chain['id']}", {"steps": [STEPS[1]], "reason": "shorter"}
    client, who = school.door.client, school.academic

    blind = await client.put(path, json=body, headers=who)
    changed = told(await client.put(path, json=body, headers={**who, "if-match": f'"{chain["version"]}"'}))
    late = await client.put(path, json=body, headers={**who, "if-match": f'"{chain["version"]}"'})
    ended = told(await school.post(f"{path}/ending", who, reason="no longer"))

    assert (blind.status_code, late.status_code) == (428, 412)
    assert (len(changed["steps"]), ended["in_force"]) == (1, False)
    assert told(await school.submit(await school.drafted()))["status"] == "pending_signatures"
    assert "no longer" in await school.door.everything("audit")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"act": "lunch"}, "not_approved_here"),
        ({"steps": [{"name_zh": "教师", "role": "teacher"}]}, "person_missing"),
        ({"steps": [{"name_zh": "学生", "role": "student"}]}, "invalid_request"),
        ({"steps": []}, "invalid_request"),
        ({"reason": " "}, "invalid_request"),
    ],
)
async def test_a_chain_that_cannot_be_is_refused_in_both_languages(
    school: Campus, body: dict[str, Any], code: str
) -> None:
    whole = {"act": SUBMISSION, "steps": list(STEPS), "reason": "by-laws", **body}

    answers = [
        await school.post(CHAINS, {**school.academic, "accept-language": language}, **whole)
        for language in ("en", "zh")
    ]

    assert [refused(answer) for answer in answers] == [(422, code)] * 2
    assert answers[0].json()["detail"] != answers[1].json()["detail"]


async def test_each_row_of_a_batch_needs_its_own_approval(school: Campus) -> None:
    await school.put_chain()
    first, second = await school.drafted(), await school.drafted()
    rows = [{"body": {"act": SUBMISSION, "object_id": paper["id"]}} for paper in (first, second)]
    asked = told(await school.post("/v1/batches/approvals", school.coop, rows=rows))
    case = asked["rows"][1]["answer"]
    for step, who in ((1, school.academic), (2, school.personnel)):
        rows = [{"id": case["id"], "body": {"step": step, "verdict": "approved"}}]
        told(await school.post("/v1/batches/approvals/decisions", who, rows=rows))

    rows = [{"id": first["id"]}, {"id": second["id"]}, {"id": second["id"]}]
    done = told(await school.post("/v1/batches/agreements/submission", school.coop, rows=rows))

    assert asked["done"] == 2
    assert [row["status"] for row in done["rows"]] == [409, 200, 409]
    assert [row["problem"]["code"] for row in done["rows"] if row["problem"]] == ["approval_required", "not_a_draft"]


async def test_of_two_who_decide_one_step_at_once_one_does(school: Campus) -> None:
    await school.put_chain([STEPS[0], {**STEPS[0], "name_zh": "教务处长"}])
    case = told(await school.ask(await school.drafted()))
    both = [school.person("university_academic_office") for _ in range(2)]

    answers = await asyncio.gather(*(school.decide(case, who, 1) for who in both))

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    shown = await school.shown(case)
    assert (shown["status"], shown["step"], len(shown["decisions"])) == ("open", 2, 1)


async def test_of_two_who_ask_at_once_one_does(school: Campus) -> None:
    await school.put_chain()
    paper = await school.drafted()

    answers = await asyncio.gather(*(school.ask(paper) for _ in range(2)))

    assert sorted(answer.status_code for answer in answers) == [201, 409]


@pytest.mark.parametrize("turn", range(3))
async def test_what_is_changed_while_it_is_submitted_is_not_submitted_unapproved(school: Campus, turn: int) -> None:
    await school.put_chain()
    paper = await school.drafted()
    case = await school.approved(paper)
    acts = [school.submit(paper), school.revise(paper)]

    answers = await asyncio.gather(*(acts if turn % 2 else reversed(acts)))

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    kept = told(await school.get(f"/v1/agreements/{paper['id']}", school.coop))
    submitted = kept["status"] == "pending_signatures"
    assert submitted == (kept["content_hash"] == case["mark"])
    assert (await school.shown(case))["status"] == ("used" if submitted else "void")


async def test_a_submission_is_approved_for_one_that_two_ask_for_at_once(school: Campus) -> None:
    await school.put_chain()
    paper = await school.drafted()
    await school.approved(paper)

    answers = await asyncio.gather(*(school.submit(paper) for _ in range(2)))

    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def _approve_signature(paper: Table, who: dict[str, str]) -> dict[str, Any]:
    """The university's academic office approves that it signs."""
    asked = told(await paper.post(APPROVALS, paper.university, act=SIGNATURE, object_id=paper.agreement_id))
    return told(await paper.post(f"{APPROVALS}/{asked['id']}/decisions", who, step=1, verdict="approved"))


async def test_a_paper_is_signed_once_its_party_has_approved_that_and_by_no_other_s_hand(door: Door) -> None:
    paper = await table(door)
    academic = door.token("university_academic_office", paper.university_id, persons=[new_id("person")])
    told(await paper.post(CHAINS, academic, act=SIGNATURE, steps=[STEPS[0]], reason="by-laws"))
    round = await paper.asked()
    scan = {"scan_id": await paper.document(SCAN, "signed_copy"), "signatory": "李法人", "signed_on": "2026-08-30"}

    early = await paper.sign(round, paper.university)
    by_other = await paper.post(f"{ROOT}/{round['id']}/scans", paper.enterprise, signed_by=[paper.school], **scan)
    case = await _approve_signature(paper, academic)
    by_enterprise = told(await paper.sign(round, paper.enterprise))
    complete = told(await paper.sign(round, paper.university))

    assert (refused(early), refused(by_other)) == ((409, "approval_required"), (409, "approved_elsewhere"))
    assert "academic office" not in by_other.text
    assert (by_enterprise["status"], complete["status"]) == ("open", "complete")
    assert (await paper.agreement())["status"] == "active"
    assert told(await paper.get(f"{APPROVALS}/{case['id']}", paper.university))["status"] == "used"
