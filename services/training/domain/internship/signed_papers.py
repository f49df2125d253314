"""What papers of an internship are signed in a round: by whom, and what they prove once all have signed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from services.training.domain.internship.consent import Consent, Giver, require_open_to_consent
from services.training.domain.internship.consent_text import ConsentText, newest
from services.training.domain.internship.evidence import Evidence, EvidenceKind
from services.training.domain.internship.internship_paper import NothingToSign, TripartitePaper
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_papers import Signer, TripartiteAgreement
from services.training.domain.internship.placement_refusals import RefusedSince
from services.training.domain.internship.placement_status import BEFORE_APPROVAL, CONCURRENT, PlacementStatus
from services.training.domain.student import Student, is_minor
from shared.contracts.event import Event
from shared.documents.document import Document
from shared.documents.signing.parties import guardian_of, person, role_in
from shared.documents.signing.signature import Signature
from shared.rules import Decision
from shared.words import Verbatim


def parties_to_agreement(placement: Placement) -> tuple[str, ...]:
    """School, enterprise and student. Raises `NothingToSign` once the internship is over or called off."""
    if placement.status not in BEFORE_APPROVAL | CONCURRENT:
        raise NothingToSign(status=placement.status)
    return (
        role_in("university_coop_office", placement.university_id),
        role_in("enterprise_admin", placement.enterprise_id),
        person(placement.student_id),
    )


def parties_to_consent(placement: Placement, student: Student) -> tuple[str, ...]:
    """The student, and the guardian of who is not of age on the first day, or may not be."""
    require_open_to_consent(placement)
    of_age = is_minor(student.birth_date, placement.starts_on) is False
    return (person(student.id),) if of_age else (person(student.id), guardian_of(student.id))


def signed_agreement(document: Document, *, school: str, on: date) -> TripartiteAgreement:
    """The agreement that all three have signed. What we printed is on the official model; others are asked about."""
    return TripartiteAgreement(
        paper=Evidence(
            kind=EvidenceKind.TRIPARTITE_AGREEMENT,
            number=document.number or document.id,
            issuer=document.issuer or school,
            issued_on=on,
            valid_to=document.valid_to,
            document=document.id,
        ),
        signed_by=tuple(Signer),
        on_official_model=TripartitePaper.on_official_model if document.origin == "generated" else None,
    )


def without_agreement(placement: Placement, document_id: str) -> Placement:
    """The placement without the agreement that a document proved, which counts no more; it is to be signed anew."""
    tripartite = placement.papers.tripartite
    if tripartite is None or tripartite.paper.document != document_id:
        return placement
    signed = placement.status is PlacementStatus.AGREEMENT_SIGNED
    status = PlacementStatus.CONSENTED if signed else placement.status
    return replace(placement, papers=replace(placement.papers, tripartite=None), status=status).losing_papers()


def without_consents(placement: Placement) -> Placement:
    """The placement without consents that it rested on: what was not judged yet, or is under way, is consented anew."""
    before = placement.status in {PlacementStatus.CONSENTED, PlacementStatus.AGREEMENT_SIGNED}
    return replace(placement, status=PlacementStatus.PLANNED) if before else placement.losing_papers()


def is_to_be_judged_anew(placement: Placement) -> bool:
    """Whether what the rules said of it still matters to somebody."""
    return placement.judgement is not None and placement.status in BEFORE_APPROVAL | CONCURRENT


def judged_anew(placement: Placement, decision: Decision, *, on: date) -> tuple[Placement, tuple[Event, ...]]:
    """What the rules say of it now: that blocks what was not approved yet, and stops nothing by itself that was."""
    if placement.status in BEFORE_APPROVAL:
        return placement.judged(decision, on=on)
    return placement.reviewed(decision, on=on), ()


def require_unrefused(placement: Placement) -> None:
    """Raise `RefusedSince` where the rules have come to refuse what was approved."""
    if placement.refused_since:
        raise RefusedSince(rules=tuple(map(Verbatim, placement.refused_since)))


def text_of(document: Document, texts: Iterable[ConsentText]) -> ConsentText:
    """The edition that the paper holds: the newest on the day on which it was issued. Raises `NoConsentText`."""
    issued = document.issued_on
    known = [text for text in texts if issued is None or text.published_on <= issued]
    return newest(known)


def signed_consent(
    id: str, signature: Signature, *, placement: Placement, text: ConsentText, document: Document
) -> Consent:
    """The consent that somebody has given by signing its paper."""
    is_student = signature.party == person(placement.student_id)
    return Consent(
        id=id,
        story=placement.story,
        placement_id=placement.id,
        student_id=placement.student_id,
        university_id=placement.university_id,
        supervisor_id=placement.supervisor_id,
        giver=Giver.STUDENT if is_student else Giver.GUARDIAN,
        given=True,
        reason=None,
        text_id=text.id,
        digest=text.digest,
        guardian_name=None if is_student else signature.signatory,
        link_id=signature.link_id,
        document_id=document.id,
        answered_at=signature.given_at,
    )
