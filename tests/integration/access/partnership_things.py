"""One thing of each kind that partnership keeps."""

import hashlib
from datetime import timedelta

from services.partnership.api.signed import SIGNED as PARTNERSHIP_SIGNS
from services.partnership.commands import CreateSignatureLink, PublishCapability
from services.partnership.domain.agreement import Agreement
from services.partnership.domain.capability import Offer
from services.partnership.domain.need_terms import Visibility
from services.partnership.handlers import capability, signing
from services.partnership.handlers.approving import SUBMIT
from shared.contracts.ids import new_id
from shared.documents.signing.parties import role_in
from tests.integration.access import (
    approvals,
    documents,
    signings,
)
from tests.integration.access.imported import imported, keep_import
from tests.integration.access.kept import PAPER, REASON, TOKEN, Things
from tests.unit.partnership.alliance import COOP_OFFICE, TODAY, Alliance


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
