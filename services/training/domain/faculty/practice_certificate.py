"""What stands on the certificate that a teacher takes along from a verified practice in an enterprise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from services.training.domain.clock_hours import in_hours
from services.training.domain.directory import KnownOrganization, called
from services.training.domain.faculty.practice import Practice, PracticeStatus
from services.training.domain.teacher import Teacher
from shared.errors import Conflict


class NothingToCertify(Conflict):
    """Only practice that both sides have verified is certified."""

    en = "The practice is {status}; it is certified once enterprise and university have both verified it."
    zh = "实践状态为{status}；经企业和学校双方核验后方可出具证明。"


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeCertificate:
    """A period that enterprise and university have both verified, with the days for which it counts by itself."""

    kind: ClassVar[str] = "practice_certificate"
    code: ClassVar[str] = "PRC"
    title_zh: ClassVar[str] = "教师企业实践证明"
    title_en: ClassVar[str] = "Certificate of Practice in an Enterprise"
    reference: str
    university: str
    enterprise: str
    teacher_name: str
    staff_no: str
    form: str
    starts_on: date
    ends_on: date
    logs: int
    hours: str
    verified_days: int

    @classmethod
    def of(cls, practice: Practice, teacher: Teacher, organizations: Mapping[str, KnownOrganization]) -> Self:
        """The certificate of a period. Raises `NothingToCertify` unless it counts."""
        if practice.status is not PracticeStatus.VERIFIED or practice.verified_days is None:
            raise NothingToCertify(status=practice.status)
        return cls(
            reference=practice.id,
            university=called(practice.university_id, organizations),
            enterprise=called(practice.enterprise_id, organizations),
            teacher_name=teacher.name,
            staff_no=teacher.staff_no,
            form=practice.form.value,
            starts_on=practice.starts_on,
            ends_on=practice.ends_on,
            logs=practice.log_count,
            hours=in_hours(practice.logged_minutes),
            verified_days=practice.verified_days,
        )
