"""Which of partnership's documents are put out for signature, and by whom they are signed."""

from collections.abc import Sequence
from typing import Final

from services.partnership.api.agreement import SIGNATORIES
from services.partnership.domain.agreement import Agreement
from services.partnership.domain.agreement_paper import AgreementPaper
from services.partnership.handlers import approving, signing
from shared.documents.signing.signable import Signable
from shared.rules import Bilingual

SIGNED: Final[Sequence[Signable]] = (
    Signable(
        about=Agreement,
        document_kind=AgreementPaper.kind,
        title=Bilingual(AgreementPaper.title_zh, AgreementPaper.title_en),
        signers=signing.signers_of,
        completed=signing.sign_by_round,
        permitted=approving.permit_paper,
        asked_by=SIGNATORIES.roles,
        signed_by=SIGNATORIES.roles,
    ),
)
