"""Evidence of an application: entered, withdrawn, frozen, and what the rules find in it."""

import pytest

from services.training.domain.faculty.evidence_package import hash_of, package_id
from services.training.domain.faculty.recognition_refusals import (
    AnotherTeachersCase,
    EnteredAlready,
    EvidenceWithdrawn,
    NoEvidence,
    NotInOrder,
)
from services.training.domain.faculty.recognition_rules.facts import Dimension, EvidenceFact, Level
from shared.errors import NotFound, RuleRefused
from tests.unit.training.college import College
from tests.unit.training.faculty.applicant import (
    EQUIVALENT,
    Applicant,
    Batch,
    applicant,
    entry,
)
from tests.unit.training.faculty.dossier import dossier
from tests.unit.training.faculty.trainee import trainee


async def test_an_application_has_evidence_each_source_once_for_each_thing(college: College) -> None:
    someone = await applicant(college)
    await someone.apply()
    with pytest.raises(NoEvidence):
        await someone.submit()
    await someone.work()

    with pytest.raises(EnteredAlready):
        await someone.work()
    await someone.submit()
    with pytest.raises(NotInOrder):
        await someone.enter(entry(EvidenceFact(evidence_id="k", dimension=Dimension.KNOWLEDGE)))


async def test_years_of_service_are_refused_when_they_are_entered(college: College) -> None:
    someone = await applicant(college)
    await someone.apply()
    stand_in = EvidenceFact(evidence_id="q", dimension=Dimension.AWARD, route=EQUIVALENT, seniority=True)

    with pytest.raises(RuleRefused) as refusal:
        await someone.enter(entry(stand_in))

    assert (refusal.value.finding.rule, refusal.value.finding.case) == ("TCH-10", "seniority")


async def test_what_changes_after_the_evidence_was_frozen_changes_no_decision(college: College) -> None:
    someone = await (await applicant(college)).complete()
    before = await college.read("evidence_packages", package_id(someone.id))
    for item in someone.items:
        await someone.verify(item, confirmed=False)
    await someone.batch.review()
    await someone.review()

    publicised = await someone.decide()

    kept = await college.read("evidence_packages", package_id(someone.id))
    assert (publicised.status, kept) == ("publicised", before)
    assert publicised.evidence_sha256 == kept.sha256 == hash_of(kept.facts)


async def test_the_hash_is_that_of_any_order_of_names_and_of_no_other_facts() -> None:
    assert hash_of({"a": 1, "b": [2]}) == hash_of({"b": [2], "a": 1}) != hash_of({"a": 1, "b": [3]})


async def test_verified_practice_is_frozen_with_the_evidence(college: College) -> None:
    practitioner = await trainee(college)
    practice = await practitioner.succeed()
    someone = Applicant(await Batch(college).open(), practitioner.teacher_id)
    await someone.apply(Level.INTERMEDIATE)
    for fact in dossier(Level.INTERMEDIATE):
        await someone.enter(entry(fact))
    await someone.submit()

    await someone.freeze()

    package = await college.read("evidence_packages", package_id(someone.id))
    assert [period["starts_on"] for period in package.facts["practices"]] == [practice.starts_on.isoformat()]
    assert await college.read("frozen_sources", f"{someone.id}/{practice.id}") is not None
    await someone.batch.review()
    await someone.review()
    assert (await someone.decide()).status == "publicised"


async def test_the_precheck_says_what_the_rules_find_and_decides_nothing(college: College) -> None:
    someone = await applicant(college)
    await someone.apply(Level.SENIOR)
    await someone.work()
    await someone.submit()

    frozen = await someone.freeze()

    assert (frozen.status, frozen.precheck) == ("prechecked", "fail")
    await someone.batch.review()
    assert (await someone.review()).status == "under_review"


async def test_a_teacher_takes_a_draft_s_evidence_out_and_may_enter_it_anew(college: College) -> None:
    someone = await applicant(college)
    await someone.apply()
    item = await someone.work()

    withdrawn = await someone.withdraw(item)

    assert withdrawn.verification == "withdrawn"
    with pytest.raises(NoEvidence):
        await someone.submit()
    with pytest.raises(EvidenceWithdrawn):
        await someone.withdraw(item)
    with pytest.raises(EvidenceWithdrawn):
        await someone.verify(item, confirmed=True)
    anew = await someone.work()
    assert (anew.id, (await someone.submit()).status) == (item.id, "submitted")


async def test_what_was_withdrawn_is_not_frozen(college: College) -> None:
    someone = await applicant(college)
    await someone.apply()
    kept, out = await someone.work(), await someone.enter(entry(dossier(Level.JUNIOR)[0]))
    await someone.withdraw(out)
    await someone.submit()

    await someone.freeze()

    package = await college.read("evidence_packages", package_id(someone.id))
    assert [fact["evidence_id"] for fact in package.facts["evidence"]] == [kept.id]


async def test_evidence_is_withdrawn_by_its_teacher_before_it_is_handed_in(college: College) -> None:
    someone, other = await applicant(college), await applicant(college)
    await someone.apply()
    await other.apply()
    item, others = await someone.work(), await other.work()

    with pytest.raises(AnotherTeachersCase):
        await someone.withdraw(item, persons=other.persons)
    with pytest.raises(NotFound):
        await someone.withdraw(others)
    await someone.submit()
    with pytest.raises(NotInOrder):
        await someone.withdraw(item)
