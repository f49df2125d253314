"""Which of training's documents are put out for signature, and by whom they are signed."""

from collections.abc import Sequence
from typing import Final

from services.training.domain.internship.internship_paper import ConsentPaper, TripartitePaper
from services.training.domain.internship.placement import Placement
from services.training.handlers.internship import signing
from shared.documents.signing.signable import Signable
from shared.rules import Bilingual

_SCHOOL: Final = ("university_coop_office",)

SIGNED: Final[Sequence[Signable]] = (
    Signable(
        about=Placement,
        document_kind=TripartitePaper.kind,
        title=Bilingual("三方协议文本", "text of the agreement"),
        signers=signing.signers_of_agreement,
        completed=signing.keep_signed_agreement,
        asked_by=_SCHOOL,
        signed_by=("university_coop_office", "enterprise_admin", "student"),
    ),
    Signable(
        about=Placement,
        document_kind=ConsentPaper.kind,
        title=Bilingual("知情同意书文本", "text of the consent"),
        signers=signing.signers_of_consent,
        completed=signing.keep_signed_consents,
        asked_by=_SCHOOL,
        signed_by=("student",),
        confidential=True,
    ),
)
