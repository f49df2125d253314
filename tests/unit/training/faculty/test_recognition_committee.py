"""The committee decides on frozen evidence, by votes that suffice, and its result is public."""

from dataclasses import replace

import pytest

from services.training.domain.faculty.recognition_refusals import (
    BatchNotUnderReview,
    MoreVotesThanMembers,
    NoSuchObjection,
    NothingToJudge,
    OwnCase,
    PublicityIsOver,
)
from services.training.domain.faculty.recognition_rules.facts import Dimension, EvidenceFact, Level
from services.training.domain.faculty.recognition_steps import Word
from shared.contracts.training import RecognitionGranted
from shared.errors import RuleRefused
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.faculty.applicant import (
    EQUIVALENT,
    YES,
    Applicant,
    applicant,
    decided,
    entry,
    told,
)
from tests.unit.training.faculty.asking import ask
from tests.unit.training.faculty.dossier import dossier


async def test_ethics_is_for_the_committee_alone(college: College) -> None:
    someone = await (await applicant(college)).complete()
    assert (await someone.now()).precheck == "unknown"
    await someone.batch.review()
    await someone.review()

    with pytest.raises(RuleRefused) as refusal:
        await someone.decide(words=())

    assert [fact.fact for fact in refusal.value.finding.missing] == ["ethics"]
    assert (await someone.decide(words=(replace(YES[0], satisfied=False),), approved=False)).status == "declined"


async def test_the_committee_cannot_approve_what_the_standard_refuses(college: College) -> None:
    someone = await applicant(college)
    await someone.apply()
    await someone.work()
    await someone.submit()
    await someone.freeze()
    await someone.batch.review()
    await someone.review()

    with pytest.raises(RuleRefused) as refusal:
        await someone.decide()

    assert refusal.value.finding.case == "teaching_ability"
    assert (await someone.decide(approved=False)).status == "declined"


async def test_an_equivalent_goes_to_the_committee_item_by_item(college: College) -> None:
    someone = await applicant(college)
    await someone.apply()
    for fact in dossier(Level.JUNIOR):
        if fact.dimension is not Dimension.QUALIFICATION:
            await someone.enter(entry(fact))
    await someone.work()
    stand_in = EvidenceFact(evidence_id="q", dimension=Dimension.QUALIFICATION, route=EQUIVALENT)
    item = await someone.enter(entry(stand_in))
    await someone.submit()
    await someone.freeze()
    await someone.batch.review()
    await someone.review()

    with pytest.raises(RuleRefused):
        await someone.decide()

    word = Word(subject=item.id, satisfied=True, reason="worth as much")
    assert (await someone.decide(words=(*YES, word))).status == "publicised"


async def test_nobody_decides_their_own_case(college: College) -> None:
    someone = await (await applicant(college)).complete()
    own = someone.persons
    await someone.batch.review()

    with pytest.raises(OwnCase):
        await someone.verify(someone.items[0], confirmed=True, persons=own)
    with pytest.raises(OwnCase):
        await someone.review(persons=own)
    await someone.review()
    with pytest.raises(OwnCase):
        await someone.decide(persons=own)
    await someone.decide()
    await someone.advance(7)
    await someone.recheck(someone.items[0].source_id)
    with pytest.raises(OwnCase):
        await someone.conclude(upheld=True, persons=own)


async def test_votes_and_words_are_those_of_the_meeting(college: College) -> None:
    someone = await (await applicant(college)).complete()
    await someone.batch.review()
    await someone.review()

    with pytest.raises(MoreVotesThanMembers):
        await someone.decide(in_favour=8)
    with pytest.raises(NothingToJudge):
        await someone.decide(words=(*YES, Word(subject="knowledge", satisfied=True, reason="")))


async def test_the_committee_meets_once_applications_are_closed(college: College) -> None:
    someone = await (await applicant(college)).complete()

    with pytest.raises(BatchNotUnderReview):
        await someone.review()


async def test_an_objection_holds_it_up_until_it_is_settled(college: College) -> None:
    someone = await decided(college)
    await someone.object()
    await someone.object("and more")
    waiting = await someone.advance(10)

    await someone.settle(1, upheld=False)
    still = await someone.advance()
    await someone.settle(2, upheld=False)
    active = await someone.advance()

    assert (waiting.status, still.status, active.status) == ("publicised", "publicised", "active")
    assert active.starts_on == TODAY + 10 * DAY


async def test_an_objection_that_holds_ends_the_application(college: College) -> None:
    someone = await decided(college)
    await someone.object()

    declined = await someone.settle(1, upheld=True)

    assert declined.status == "declined"
    assert (await someone.advance(30)).status == "declined"
    assert told(college, RecognitionGranted) == []


async def test_objections_are_heard_while_it_is_public_and_settled_once(college: College) -> None:
    someone = await decided(college)
    college.today += 6 * DAY
    await someone.object()
    await someone.settle(1, upheld=False)

    with pytest.raises(NoSuchObjection):
        await someone.settle(1, upheld=True)
    college.today += DAY
    with pytest.raises(PublicityIsOver):
        await someone.object()


async def before_the_committee(college: College) -> Applicant:
    """A complete application that the office has reviewed."""
    someone = await (await applicant(college)).complete()
    await someone.batch.review()
    await someone.review()
    return someone


@pytest.mark.parametrize(
    ("votes", "case"),
    [
        ({"members": 5, "present": 5, "in_favour": 2}, "majority"),
        ({"members": 5, "present": 5, "in_favour": 3}, ""),
        ({"members": 6, "present": 6, "in_favour": 3}, "majority"),
        ({"members": 9, "present": 6, "in_favour": 5}, ""),
        ({"members": 9, "present": 6, "in_favour": 4}, "majority"),
        ({"members": 9, "present": 5, "in_favour": 5}, "quorum"),
        ({"members": 7, "present": 5, "in_favour": 4}, ""),
    ],
)
async def test_more_than_half_of_all_members_approve_where_two_thirds_are_present(
    college: College, votes: dict[str, int], case: str
) -> None:
    someone = await before_the_committee(college)

    if not case:
        assert (await someone.decide(**votes)).status == "publicised"
        return
    with pytest.raises(RuleRefused) as refusal:
        await someone.decide(**votes)
    assert (refusal.value.finding.rule, refusal.value.finding.case) == ("TCH-16", case)
    assert (await someone.now()).status == "under_review"


async def test_a_committee_declines_by_any_votes_where_enough_are_present(college: College) -> None:
    someone = await before_the_committee(college)

    with pytest.raises(RuleRefused):
        await someone.decide(approved=False, members=9, present=5, in_favour=0)

    assert (await someone.decide(approved=False, members=9, present=6, in_favour=0)).status == "declined"


def test_votes_that_nobody_states_are_asked_for() -> None:
    finding = ask("TCH-16", {"approved": True, "members": 5})

    assert [fact.fact for fact in finding.missing] == ["present", "in_favour"]
