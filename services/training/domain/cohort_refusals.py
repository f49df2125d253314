"""What a cohort may refuse, each refusal named after what was broken."""

from shared.errors import Conflict, Invalid


class NotPlannedCohort(Conflict):
    """Intake opens once."""

    en = "The cohort is {status}; intake opens while it is planned."
    zh = "班级状态为{status}；仅规划中的班级可以开放招生。"


class IntakeNotOpen(Conflict):
    """Students enrol, and the class is formed, while intake is open."""

    en = "The cohort is {status}; this is possible while its intake is open."
    zh = "班级状态为{status}；仅招生期间可办理。"


class CohortFull(Conflict):
    """The agreement says how many places a class has."""

    en = "{left} of {planned} places are left; enrol at most so many."
    zh = "班级计划 {planned} 人，尚余 {left} 个名额，请勿超额。"


class AlreadyEnrolled(Conflict):
    """A student takes one place."""

    en = "One of these students is enrolled in the cohort already, or is named twice; leave them out."
    zh = "名单中有学生已在该班级或重复列出，请去除后再提交。"


class NotAStudentHere(Invalid):
    """A class takes enrolled students of its own university."""

    en = "Each student must be known here, enrolled, and of the cohort's university."
    zh = "学生须为本校在籍学生。"


class NobodyEnrolled(Conflict):
    """A class has students."""

    en = "Nobody is enrolled; enrol at least one student before the class is formed."
    zh = "尚无学生入班，请先录入至少一名学生。"


class NotFormed(Conflict):
    """Teaching begins once the class is formed."""

    en = "The cohort is {status}; one that is formed can be started."
    zh = "班级状态为{status}；仅已组班的班级可以开班。"
