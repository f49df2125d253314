"""The tables in which universities keep students and teachers, column by column."""

from typing import Final

from services.training.api.student import RegisterStudentBody
from services.training.api.teacher import RegisterTeacherBody
from services.training.domain.faculty.career import Career, Degree
from services.training.domain.teacher import TeacherEntry, TeacherKind
from shared.rules import Bilingual
from shared.tables import Column, TableShape
from shared.tables.columns import PROGRAMME_ID, PROGRAMME_IDS, REGION_CODE, STAFF_NO, YES_IF_EMPTY, YES_OR_NO

_DAY: Final = Bilingual(zh="日期，如 2026-09-01", en="a date such as 2026-09-01")

_NAME: Final = Column(
    name="name",
    heading=Bilingual(zh="姓名", en="Name"),
    note=Bilingual(zh="不超过200个字符", en="up to 200 characters"),
)


def _number(name: str, heading: Bilingual) -> Column:
    """The number by which a university tells its people apart."""
    note = Bilingual(
        zh="1至64位字母、数字或 . _ : / -，每人唯一", en="up to 64 letters, digits or . _ : / -, one per person"
    )
    return Column(name=name, heading=heading, note=note, unique=True)


STUDENTS: Final = TableShape(
    "students",
    (
        _number("student_no", Bilingual(zh="学号", en="Student number")),
        _NAME,
        PROGRAMME_ID,
        Column(
            name="study_year",
            heading=Bilingual(zh="年级", en="Study year"),
            note=Bilingual(zh="在读第几年，1至8的整数", en="the year of study, a whole number from 1 to 8"),
        ),
        Column(name="enrolled_on", heading=Bilingual(zh="入学日期", en="Enrolled on"), note=_DAY, kind="day"),
        Column(
            name="birth_date",
            heading=Bilingual(zh="出生日期", en="Birth date"),
            note=Bilingual(
                zh="日期，如 2008-05-31；可不填，不填则无法判断是否成年",
                en="a date such as 2008-05-31; without it nobody knows whether the student is of age",
            ),
            kind="day",
            required=False,
        ),
        Column(
            name="sex",
            heading=Bilingual(zh="性别", en="Sex"),
            note=Bilingual(zh="可不填，或为：", en="may be empty, else:"),
            required=False,
            values={"female": Bilingual(zh="女", en="female"), "male": Bilingual(zh="男", en="male")},
        ),
    ),
    RegisterStudentBody,
)


class TeacherRow(RegisterTeacherBody):
    """A teacher as a row has them: of the career only the degree."""

    degree: Degree | None = None

    @property
    def entered(self) -> TeacherEntry:
        """What is entered."""
        career = Career(degree=self.degree) if self.degree else None
        return self.model_copy(update={"career": career}).entry


TEACHERS: Final = TableShape(
    "teachers",
    (
        _number("staff_no", STAFF_NO.heading),
        _NAME,
        Column(
            name="kind",
            heading=Bilingual(zh="教师类别", en="Kind"),
            note=Bilingual(zh="三者之一：", en="one of:"),
            values={
                TeacherKind.PROFESSIONAL_COURSE: Bilingual(zh="专业课教师", en="professional courses"),
                TeacherKind.INTERNSHIP_INSTRUCTOR: Bilingual(zh="实习指导教师", en="internship instructor"),
                TeacherKind.PUBLIC_BASIC: Bilingual(zh="公共基础课教师", en="public basic courses"),
            },
        ),
        Column(name="hired_on", heading=Bilingual(zh="入职日期", en="Hired on"), note=_DAY, kind="day"),
        Column(
            name="new_hire",
            heading=Bilingual(zh="新入职", en="New hire"),
            note=YES_OR_NO,
            kind="flag",
            required=False,
        ),
        PROGRAMME_IDS,
        REGION_CODE,
        Column(
            name="full_time",
            heading=Bilingual(zh="专任", en="Full time"),
            note=YES_IF_EMPTY,
            kind="flag",
            required=False,
        ),
        Column(
            name="department",
            heading=Bilingual(zh="院系", en="Department"),
            note=Bilingual(zh="不超过200个字符；可不填", en="up to 200 characters; may be empty"),
            required=False,
        ),
        Column(
            name="degree",
            heading=Bilingual(zh="学历", en="Degree"),
            note=Bilingual(zh="可不填，或为：", en="may be empty, else:"),
            required=False,
            values={
                Degree.JUNIOR_SECONDARY: Bilingual(zh="初中", en="junior secondary"),
                Degree.SENIOR_SECONDARY: Bilingual(zh="高中", en="senior secondary"),
                Degree.SECONDARY_VOCATIONAL: Bilingual(zh="中职", en="secondary vocational"),
                Degree.HIGHER_VOCATIONAL: Bilingual(zh="专科（高职）", en="higher vocational"),
                Degree.BACHELOR: Bilingual(zh="本科", en="bachelor"),
                Degree.MASTER: Bilingual(zh="硕士", en="master"),
                Degree.DOCTOR: Bilingual(zh="博士", en="doctor"),
            },
        ),
    ),
    TeacherRow,
)
