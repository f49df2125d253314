"""One-time links of signings: whose office gives them out, and how long they open."""

from datetime import timedelta

import pytest

from shared.contracts.ids import new_id
from shared.documents.signing.link import SigningLink
from shared.documents.signing.offices import require_asker, require_giver, require_keeper
from shared.documents.signing.refusals import NotASigner, NotTheAsker, NotTheirOffice, PartySigned
from shared.documents.signing.round import SigningRound
from shared.kernel.one_time_link import LINK_STANDS, LinkSpent
from tests.fakes import NOON
from tests.unit.signing.papers import ENTERPRISE, GUARDIAN, INTERN, SCHOOL, UNIT, UNIVERSITY, asked, signature


def link(round: SigningRound, party: str) -> SigningLink:
    return SigningLink.create(
        new_id("signing_link"), round, party, signatory="Wang Fang", token_hash="hash", by="office:per_1", at=NOON
    )


def test_an_organisation_gives_out_its_own_link_and_whoever_asks_those_of_people() -> None:
    round = asked()

    given_by = {party: link(round, party).organization_id for party in (SCHOOL, UNIT, INTERN, GUARDIAN)}

    assert given_by == {SCHOOL: UNIVERSITY, UNIT: ENTERPRISE, INTERN: UNIVERSITY, GUARDIAN: UNIVERSITY}


def test_nobody_gives_out_another_s_link() -> None:
    round = asked()
    school = {"organization_id": UNIVERSITY, "parties": frozenset({SCHOOL})}
    unit = {"organization_id": ENTERPRISE, "parties": frozenset({UNIT})}

    require_giver(round, SCHOOL, **school)
    require_giver(round, GUARDIAN, **school)
    require_giver(round, UNIT, **unit)
    for party, caller in ((UNIT, school), (SCHOOL, unit), (INTERN, unit)):
        with pytest.raises(NotTheirOffice):
            require_giver(round, party, **caller)


def test_who_holds_another_office_of_the_same_organisation_gives_out_no_link_of_it() -> None:
    with pytest.raises(NotTheirOffice):
        require_giver(asked(), SCHOOL, organization_id=UNIVERSITY, parties=frozenset({f"role:teacher@{UNIVERSITY}"}))


def test_whoever_asked_hands_in_and_withdraws_and_others_only_what_is_their_own() -> None:
    round = asked()

    require_asker(round, UNIVERSITY)
    require_keeper(round, [UNIT, SCHOOL], organization_id=UNIVERSITY, parties={SCHOOL})
    require_keeper(round, [UNIT], organization_id=ENTERPRISE, parties={UNIT})
    with pytest.raises(NotTheAsker):
        require_asker(round, ENTERPRISE)
    with pytest.raises(NotTheAsker):
        require_keeper(round, [UNIT, SCHOOL], organization_id=ENTERPRISE, parties={UNIT})


def test_a_link_is_made_for_who_is_still_to_sign() -> None:
    once, _ = asked(SCHOOL, UNIT).sign(signature(SCHOOL))

    with pytest.raises(PartySigned):
        link(once, SCHOOL)
    with pytest.raises(NotASigner):
        link(once, INTERN)


def test_a_link_opens_once_within_its_time() -> None:
    made = link(asked(), INTERN)
    used = made.use(at=NOON)

    assert made.stands(NOON + LINK_STANDS - timedelta(seconds=1))
    for spent, at in ((used, NOON), (made, NOON + LINK_STANDS)):
        with pytest.raises(LinkSpent):
            spent.use(at=at)


def test_a_newer_link_ends_an_older_one_but_not_what_was_done_with_it() -> None:
    made = link(asked(), INTERN)
    used = made.use(at=NOON)

    assert not made.replaced(at=NOON).stands(NOON)
    assert used.replaced(at=NOON + timedelta(days=1)) == used
