"""Which of partnership's objects have documents, and who reads and adds them."""

from collections.abc import Sequence
from typing import Any, Final

from services.partnership.api.access import READ
from services.partnership.api.agreement import SIGNATORIES
from services.partnership.domain.agreement import Agreement
from services.partnership.domain.agreement_paper import AgreementPaper
from services.partnership.domain.agreement_papers import SIGNED_COPY, copies_needed
from shared.documents.documented import Documented, Kind
from shared.rules import Bilingual

DOCUMENTED: Final[Sequence[Documented[Any]]] = (
    Documented(
        shape=Agreement,
        read=READ,
        kinds=(
            Kind(name=AgreementPaper.kind, title=Bilingual("协议文本", "text of the agreement"), add=SIGNATORIES),
            Kind(name=SIGNED_COPY, title=Bilingual("协议签署件", "signed copy"), add=SIGNATORIES),
            Kind(name="annex", title=Bilingual("协议附件", "annex"), add=SIGNATORIES),
        ),
        needs=copies_needed,
    ),
)
