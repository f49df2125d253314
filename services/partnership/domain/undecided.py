"""In which statuses what the rules said of a thing may still come out differently: until then nothing rests on it."""

from collections.abc import Collection, Mapping
from typing import Final

from services.partnership.domain.agreement import Agreement, AgreementStatus
from services.partnership.domain.organization import Organization, OrganizationStatus
from shared.kernel.aggregate import Aggregate

UNDECIDED: Final[Mapping[type[Aggregate], Collection[str]]] = {
    Organization: (OrganizationStatus.REGISTERED,),
    Agreement: (AgreementStatus.DRAFT, AgreementStatus.PENDING_SIGNATURES),
}
