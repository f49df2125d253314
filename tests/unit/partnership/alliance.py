"""A small alliance in memory: one university, one enterprise and a bystander, and what they do, one work at a time."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from services.partnership.commands import (
    AcceptMatch,
    DraftAgreement,
    PostNeed,
    RegisterOrganization,
    SignAgreement,
    SubmitAgreement,
    VerifyOrganization,
)
from services.partnership.domain.agreement import Agreement
from services.partnership.domain.agreement_draft import AgreementContent, Draft
from services.partnership.domain.match import Match
from services.partnership.domain.need import Need
from services.partnership.domain.need_line import NeedLine
from services.partnership.domain.need_terms import NeedDetails, NeedTerms, Visibility
from services.partnership.domain.organization import Organization, OrganizationEntry
from services.partnership.domain.rule_catalogue import RULES
from services.partnership.domain.uscc import check_digit, organisation_digit
from services.partnership.handlers import agreement, match, need, organization, signing
from services.partnership.storage import PartnershipWork
from shared.contracts.ids import new_id
from shared.contracts.partnership import AgreementTerms, Candidate, OrderClassTerms, Party
from shared.contracts.talent import MatchProposed, ScoreParts
from shared.rules import Rulebook, load_packs
from tests.fakes import NOON, MemoryStore, memory_work

RULEBOOK = Rulebook(load_packs(Path("services/partnership/rules")), RULES)
TODAY = date(2026, 9, 1)
CONTENT = AgreementContent(goals="12 technicians", content_and_form="an order class", rights_and_duties="see annex")
ENTERPRISE_ADMIN = frozenset({"enterprise_admin"})
COOP_OFFICE = frozenset({"university_coop_office"})
LINES = (
    NeedLine(line_no=1, kind="order_class", headcount=12),
    NeedLine(line_no=2, kind="co_build_base", headcount=1),
    NeedLine(line_no=3, kind="teacher_practice_posts", headcount=4),
)


def uscc(number: int) -> str:
    """A credit code that passes every check, told apart by its number."""
    organisation = f"MA5U{number:04d}"
    first = f"91500101{organisation}{organisation_digit(organisation)}"
    return first + check_digit(first)


def entry(**fields: Any) -> OrganizationEntry:
    """An enterprise's entry, as far as the test does not say otherwise."""
    usual = {
        "kind": "enterprise",
        "name_zh": "达州某设备公司",
        "name_en": None,
        "uscc": uscc(1),
        "region_code": "511700",
        "industry_code": "C34",
        "employees_total": 300,
        "posts": (),
        "latitude": None,
        "longitude": None,
        "leading": False,
    }
    return OrganizationEntry(**{**usual, **fields})


def terms(**fields: Any) -> NeedTerms:
    """The need of the enterprise, as far as the test does not say otherwise."""
    usual = {
        "lines": LINES,
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=300),
        "region_code": "511700",
        "visibility": Visibility.ALLIANCE,
        "named_organization_ids": (),
        "expires_at": None,
        "details": NeedDetails(title="Equipment maintenance", budget_fen=100, conditions={"meals": "paid"}),
    }
    return NeedTerms(**{**usual, **fields})


class Alliance:
    """Runs handlers over one store, each in a unit of work of its own, `at` a time that the test may move."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.at = NOON
        self.registered = 0

    async def do(self, handler: Callable[[Any, Any], Awaitable[Any]], command: object, **context: Any) -> Any:
        """Handle one command or event and commit."""
        work = memory_work(PartnershipWork, self.store, rules=RULEBOOK, **{"now": self.at, **context})
        outcome = await handler(command, work)
        await work.flush()
        return outcome

    async def open(self) -> "Alliance":
        """Register and verify the university, the enterprise and the bystander."""
        self.university = (await self.verified(kind="university", region_code="500101")).id
        self.enterprise = (await self.verified()).id
        self.bystander = (await self.verified()).id
        return self

    async def verified(self, **fields: Any) -> Organization:
        """One more verified organisation."""
        self.registered += 1
        command = RegisterOrganization(
            organization_id=new_id("organization"),
            decision_id=new_id("decision"),
            entry=entry(uscc=uscc(self.registered), **fields),
        )
        registered: Organization = await self.do(organization.register_organization, command)
        verified: Organization = await self.do(
            organization.verify_organization, VerifyOrganization(organization_id=registered.id)
        )
        return verified

    async def post(self, **fields: Any) -> Need:
        """The enterprise posts a need."""
        command = PostNeed(need_id=new_id("need"), organization_id=self.enterprise, terms=terms(**fields))
        posted: Need = await self.do(need.post_need, command)
        return posted

    def proposal(self, posted: Need, line_no: int = 1, **fields: Any) -> MatchProposed:
        """What talent says of one candidate of the university."""
        candidate = Candidate(kind="programme", id=new_id("programme"), organization_id=self.university)
        usual = {
            "match_id": new_id("match"),
            "need_id": posted.id,
            "line_no": line_no,
            "need_organization_id": posted.organization_id,
            "candidate": candidate,
            "rank": 1,
            "score": 80.0,
            "parts": ScoreParts(skills=40, capacity=15, distance=10, record=5, time=10),
            "explanation": "fits",
            "model_version": "1",
        }
        return MatchProposed(**{**usual, **fields})

    async def proposed(self, posted: Need, line_no: int = 1, **fields: Any) -> Match:
        """A proposal that partnership keeps."""
        event = self.proposal(posted, line_no, **fields)
        await self.do(match.keep_proposal, event)
        return self.match(event.match_id)

    async def accept(self, proposed: Match, organization_id: str, roles: frozenset[str]) -> Match:
        """One side accepts."""
        command = AcceptMatch(match_id=proposed.id, organization_id=organization_id, roles=roles)
        accepted: Match = await self.do(match.accept_match, command)
        return accepted

    async def confirmed(self, posted: Need, line_no: int = 1) -> Match:
        """A proposed programme that both sides accept."""
        proposed = await self.proposed(posted, line_no)
        await self.accept(proposed, self.enterprise, ENTERPRISE_ADMIN)
        return await self.accept(proposed, self.university, COOP_OFFICE)

    def draft(self, confirmed: Match | None = None, **fields: Any) -> Draft:
        """A framework, or the order class of a confirmed match."""
        named = confirmed and {
            "type": "order_class",
            "need_id": confirmed.need_id,
            "line_no": confirmed.line_no,
            "match_ids": (confirmed.id,),
            "terms": self.order_class(confirmed.candidate_id),
        }
        usual = {
            "type": "framework",
            "parties": self.parties(),
            "parent_id": None,
            "need_id": None,
            "line_no": None,
            "match_ids": (),
            "starts_on": TODAY,
            "ends_on": TODAY + timedelta(days=1000),
            "content": CONTENT,
            "terms": AgreementTerms(),
        }
        return Draft(**{**usual, **(named or {}), **fields})

    def order_class(self, programme_id: str) -> AgreementTerms:
        """The terms of an order class of this programme."""
        return AgreementTerms(
            order_class=OrderClassTerms(
                programme_id=programme_id, occupation_code="6-31-01-01", headcount=12, hire_bp=8000
            )
        )

    def parties(self) -> tuple[Party, ...]:
        """The university and the enterprise."""
        return (
            Party(organization_id=self.university, role="university"),
            Party(organization_id=self.enterprise, role="enterprise"),
        )

    async def drafted(self, confirmed: Match | None = None, **fields: Any) -> Agreement:
        """The university puts an agreement down in writing."""
        command = DraftAgreement(
            agreement_id=new_id("agreement"), organization_id=self.university, draft=self.draft(confirmed, **fields)
        )
        drafted: Agreement = await self.do(agreement.draft_agreement, command)
        return drafted

    async def submitted(self, confirmed: Match | None = None, **fields: Any) -> Agreement:
        """An agreement that is out for signature."""
        drafted = await self.drafted(confirmed, **fields)
        command = SubmitAgreement(
            agreement_id=drafted.id, organization_id=self.university, decision_id=new_id("decision")
        )
        submitted: Agreement = await self.do(agreement.submit_agreement, command)
        return submitted

    async def sign(self, paper: Agreement, organization_id: str, roles: frozenset[str]) -> Agreement:
        """One party signs through its office."""
        command = SignAgreement(agreement_id=paper.id, organization_id=organization_id, roles=roles)
        signed: Agreement = await self.do(signing.sign_agreement, command)
        return signed

    async def signed(self, confirmed: Match | None = None, **fields: Any) -> Agreement:
        """An agreement that both parties have signed."""
        paper = await self.submitted(confirmed, **fields)
        await self.sign(paper, self.university, COOP_OFFICE)
        return await self.sign(paper, self.enterprise, ENTERPRISE_ADMIN)

    def need(self, need_id: str) -> Need:
        """The need as it is kept."""
        kept: Need = PartnershipWork.needs.mapping.thing(self.store.rows["need"][need_id])
        return kept

    def match(self, match_id: str) -> Match:
        """The match as it is kept."""
        kept: Match = PartnershipWork.matches.mapping.thing(self.store.rows["match"][match_id])
        return kept

    def agreement(self, agreement_id: str) -> Agreement:
        """The agreement as it is kept."""
        kept: Agreement = PartnershipWork.agreements.mapping.thing(self.store.rows["agreement"][agreement_id])
        return kept

    def facts_of(self, subject: str) -> list[Any]:
        """What was told of one thing, in order."""
        return [fact for fact in self.store.facts if fact.subject == subject]

    def later(self, **time: int) -> datetime:
        """Let time pass."""
        self.at += timedelta(**time)
        return self.at
