"""The paper of an agreement: what was submitted, and nothing that changes afterwards."""

import pytest

from services.partnership.domain.agreement import Agreement
from services.partnership.domain.agreement_paper import AgreementPaper, OrderClassPart, PaperOfADraft
from services.partnership.storage import PartnershipWork
from shared.contracts.ids import new_id
from shared.contracts.partnership import OrderClassTerms
from tests.fakes import memory_work
from tests.unit.partnership.alliance import ENTERPRISE_ADMIN, RULEBOOK, Alliance


async def paper_of(alliance: Alliance, agreement: Agreement) -> AgreementPaper:
    work = memory_work(PartnershipWork, alliance.store, rules=RULEBOOK)
    return AgreementPaper.of(agreement, await work.organizations.known(agreement.owners))


async def test_a_draft_has_no_paper(alliance: Alliance) -> None:
    draft = await alliance.drafted(type="framework")

    with pytest.raises(PaperOfADraft):
        await paper_of(alliance, draft)


async def test_signatures_change_nothing_on_the_paper(alliance: Alliance) -> None:
    submitted = await alliance.submitted()

    signed = await alliance.sign(submitted, alliance.enterprise, ENTERPRISE_ADMIN)

    assert await paper_of(alliance, signed) == await paper_of(alliance, submitted)


async def test_the_parties_stand_in_their_order_with_their_credit_codes(alliance: Alliance) -> None:
    agreement = await alliance.submitted()

    paper = await paper_of(alliance, agreement)

    assert [party.role for party in paper.parties] == [party.role for party in agreement.parties]
    assert all(len(party.uscc) == 18 for party in paper.parties)
    assert paper.content_hash == agreement.content_hash


@pytest.mark.parametrize(("bp", "percent"), [(8000, "80"), (8050, "80.5"), (8001, "80.01"), (10_000, "100"), (0, "0")])
def test_shares_are_printed_in_per_cent(bp: int, percent: str) -> None:
    terms = OrderClassTerms(programme_id=new_id("programme"), occupation_code="6-31", headcount=1, hire_bp=bp)

    assert OrderClassPart.of(terms).hire_percent == percent
