"""Signatures: in parallel, each party once, through its own office or by a one-time link."""

from datetime import timedelta

import pytest

from services.partnership.commands import CreateSignatureLink, SignByLink
from services.partnership.domain.agreement import Agreement
from services.partnership.domain.agreement_refusals import NotAParty, NotToBeSigned, SignedAlready
from services.partnership.domain.need_line import LineTaken
from services.partnership.domain.signing import SignatureLink
from services.partnership.handlers import signing
from shared.contracts.ids import new_id
from shared.contracts.partnership import (
    AgreementActivated,
    AgreementSignatureRequested,
    AgreementSigned,
    NeedContracted,
    NeedPosted,
)
from shared.errors import NotFound
from shared.kernel.one_time_link import LinkSpent
from tests.unit.partnership.alliance import COOP_OFFICE, ENTERPRISE_ADMIN, TODAY, Alliance

HASH = "hash of the token"


async def link_for(
    alliance: Alliance, paper: Agreement, *, by: str | None = None, roles: frozenset[str] = ENTERPRISE_ADMIN
) -> SignatureLink:
    command = CreateSignatureLink(
        link_id=new_id("signature_link"),
        agreement_id=paper.id,
        organization_id=by or alliance.enterprise,
        roles=roles,
        signatory="Legal Representative",
        token_hash=HASH,
    )
    link: SignatureLink = await alliance.do(signing.create_signature_link, command)
    return link


async def use(alliance: Alliance, token_hash: str = HASH) -> Agreement:
    signed: Agreement = await alliance.do(
        signing.sign_by_link, SignByLink(token_hash=token_hash), actor="signature_link:sig_1"
    )
    return signed


async def test_parties_sign_in_any_order(alliance: Alliance) -> None:
    paper = await alliance.submitted()

    first = await alliance.sign(paper, alliance.enterprise, ENTERPRISE_ADMIN)
    last = await alliance.sign(paper, alliance.university, COOP_OFFICE)

    assert (first.status, first.pending, last.pending) == ("pending_signatures", (alliance.university,), ())


async def test_its_state_says_whose_signature_is_waited_for_and_nothing_before_or_after(alliance: Alliance) -> None:
    paper = await alliance.submitted()
    first = await alliance.sign(paper, alliance.enterprise, ENTERPRISE_ADMIN)
    last = await alliance.sign(paper, alliance.university, COOP_OFFICE)

    waited_for = [each.state().pending_organization_ids for each in (paper, first, last)]

    assert [waited_for[0] and set(waited_for[0]), *waited_for[1:]] == [
        {alliance.enterprise, alliance.university},
        [alliance.university],
        None,
    ]


async def test_the_last_signature_on_an_agreement_that_has_begun_signs_and_activates_it(alliance: Alliance) -> None:
    paper = await alliance.signed(starts_on=TODAY - timedelta(days=200))

    facts = [type(fact) for fact in alliance.facts_of(paper.id)]
    assert facts == [AgreementSignatureRequested, AgreementSigned, AgreementActivated]
    assert (paper.status, alliance.facts_of(paper.id)[-1].effective_on) == ("active", paper.starts_on)


async def test_an_agreement_that_has_not_begun_is_only_signed(alliance: Alliance) -> None:
    paper = await alliance.signed(starts_on=TODAY + timedelta(days=1))

    assert (paper.status, type(alliance.facts_of(paper.id)[-1])) == ("signed", AgreementSigned)


async def test_a_signed_agreement_contracts_its_line(alliance: Alliance) -> None:
    need = await alliance.post()
    match = await alliance.confirmed(need)
    alliance.later(days=3)

    paper = await alliance.signed(match)

    posted, contracted = alliance.facts_of(need.id)
    assert (type(posted), type(contracted)) == (NeedPosted, NeedContracted)
    assert (contracted.line_no, contracted.agreement_id, contracted.days_to_contract) == (1, paper.id, 3)
    assert alliance.need(need.id).status == "contracted"


async def test_a_line_is_contracted_by_one_agreement(alliance: Alliance) -> None:
    match = await alliance.confirmed(await alliance.post())
    rival = await alliance.submitted(match)
    await alliance.signed(match)
    await alliance.sign(rival, alliance.university, COOP_OFFICE)

    with pytest.raises(LineTaken):
        await alliance.sign(rival, alliance.enterprise, ENTERPRISE_ADMIN)


async def test_a_party_signs_once(alliance: Alliance) -> None:
    paper = await alliance.submitted()
    await alliance.sign(paper, alliance.university, COOP_OFFICE)

    with pytest.raises(SignedAlready):
        await alliance.sign(paper, alliance.university, COOP_OFFICE)


@pytest.mark.parametrize("role", ["enterprise_admin", "university_hr"])
async def test_a_party_signs_through_its_own_office_only(alliance: Alliance, role: str) -> None:
    paper = await alliance.submitted()

    with pytest.raises(NotAParty):
        await alliance.sign(paper, alliance.university, frozenset({role}))


async def test_a_draft_is_not_signed(alliance: Alliance) -> None:
    paper = await alliance.drafted()

    with pytest.raises(NotToBeSigned):
        await alliance.sign(paper, alliance.university, COOP_OFFICE)


async def test_each_signature_names_the_content_that_it_was_given_to(alliance: Alliance) -> None:
    paper = await alliance.signed()
    other = await alliance.drafted(ends_on=paper.ends_on + timedelta(days=1))

    assert {signature.content_hash for signature in paper.signatures} == {paper.content_hash}
    assert paper.content_hash != other.content_hash


async def test_somebody_signs_by_a_link_without_an_account(alliance: Alliance) -> None:
    paper = await alliance.submitted()
    await alliance.sign(paper, alliance.university, COOP_OFFICE)
    link = await link_for(alliance, paper)

    signed = await use(alliance)

    last = signed.signatures[-1]
    assert (signed.status, last.link_id, last.signatory) == ("active", link.id, "Legal Representative")


async def test_creation_and_use_of_a_link_are_audited(alliance: Alliance) -> None:
    link = await link_for(alliance, await alliance.submitted())
    await use(alliance)

    rows = [row for changes in alliance.store.changes for row in changes.audits if row["subject"] == link.id]
    assert [(row["act"], row["actor"]) for row in rows] == [
        ("signature_link.created", "test:per_1"),
        ("signature_link.used", "signature_link:sig_1"),
    ]


async def test_a_link_is_used_once(alliance: Alliance) -> None:
    await link_for(alliance, await alliance.submitted())
    await use(alliance)

    with pytest.raises(LinkSpent):
        await use(alliance)


async def test_a_link_expires_after_fourteen_days(alliance: Alliance) -> None:
    await link_for(alliance, await alliance.submitted())
    alliance.later(days=14)

    with pytest.raises(LinkSpent):
        await use(alliance)


async def test_a_link_is_used_up_by_the_offices_own_signature_too(alliance: Alliance) -> None:
    paper = await alliance.submitted()
    await link_for(alliance, paper)
    await alliance.sign(paper, alliance.enterprise, ENTERPRISE_ADMIN)

    with pytest.raises(SignedAlready):
        await use(alliance)


async def test_an_unknown_token_leads_nowhere(alliance: Alliance) -> None:
    with pytest.raises(NotFound):
        await use(alliance, "hash of a guess")


async def test_nobody_creates_a_link_for_another_party(alliance: Alliance) -> None:
    paper = await alliance.submitted()

    with pytest.raises(NotAParty):
        await link_for(alliance, paper, by=alliance.bystander)


async def test_no_event_tells_of_a_link(alliance: Alliance) -> None:
    paper = await alliance.submitted()
    told = len(alliance.store.told)

    await link_for(alliance, paper)

    assert len(alliance.store.told) == told
