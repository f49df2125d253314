"""What internships are judged by, in small parts. A placement's case and the facts of each rule are made of them.

A fact that is None is not known; an empty tuple is known to be empty. Money is monthly and in fen.
"""

from datetime import date, time, timedelta
from typing import Literal

from shared.rules import Facts
from shared.rules.fact_types import Count, DaySpan, Fen, Minutes, Name, Text, Weekday


class EvidenceFacts(Facts):
    """A paper: its number, who issued it and when. Without `valid_to` it holds until something replaces it."""

    number: Text
    issuer: Text
    issued_on: date
    valid_to: date | None = None


class StudentFacts(Facts):
    """Who the student is, as far as the protection of labour asks."""

    birth_date: date | None = None
    sex: Literal["female", "male"] | None = None


class StudiesFacts(Facts):
    """Where the student stands on the first day; the category is the programme's 专业大类 (a code of two digits)."""

    study_year: Count | None = None
    programme_category: Text | None = None


class PeriodFacts(Facts):
    """When the internship is: its segments, in any order. A day in two of them is one day."""

    segments: tuple[DaySpan, ...] = ()

    @property
    def first(self) -> date | None:
        """Its first day, None while nothing is planned."""
        return min((span.starts_on for span in self.segments), default=None)

    @property
    def last(self) -> date | None:
        """Its last day, None while nothing is planned."""
        return max((span.ends_on for span in self.segments), default=None)


class PostFacts(Facts):
    """Which post it is: interns are counted together by occupation and site of one enterprise."""

    occupation_code: Text | None = None
    site: Text | None = None


class TasksFacts(Facts):
    """What an intern does there, and for which categories of programmes."""

    programme_categories: tuple[Text, ...] | None = None
    typical_tasks: tuple[Text, ...] | None = None
    only_repetitive: bool | None = None


class StrainFacts(Facts):
    """What the work does to people: grade 1 to 4 of physical work, hazards, whom the special rules keep from it."""

    labour_grade: Literal[1, 2, 3, 4] | None = None
    hazards: tuple[Name, ...] | None = None
    barred_to: tuple[Literal["minors", "women"], ...] | None = None


class VenueFacts(Facts):
    """Where it is: the kind of place and the country (`CN`; any other code is overseas)."""

    venue_kind: Name | None = None
    country: Text | None = None


class BaseFacts(Facts):
    """The training base at which the internship is, and whether a (legal or other) organisation runs it."""

    base_kind: Name
    run_by_organisation: bool | None = None


class ShiftFacts(Facts):
    """Hours of one day's work; a shift that ends at or before its start ends on the next day."""

    starts_at: time
    ends_at: time
    break_minutes: Minutes = 0


class ScheduleFacts(Facts):
    """The plan of work: the weekdays, the shifts of a day, and the most minutes of one week."""

    weekdays: tuple[Weekday, ...]
    shifts: tuple[ShiftFacts, ...]
    weekly_minutes: Minutes


class PayFacts(Facts):
    """What is agreed on pay: how much, in which form, to whom, and for how many days at a time."""

    independent: bool = True
    stipend_fen: Fen | None = None
    wage_same_post_fen: Fen | None = None
    wage_lowest_grade_fen: Fen | None = None
    form: Name | None = None
    payee: Name | None = None
    cycle_days: Count | None = None


class PaymentFacts(DaySpan):
    """A payment made for these days, and what was agreed for them."""

    paid_on: date
    amount_fen: Fen
    due_fen: Fen
    form: Name
    payee: Name


class InternsFacts(DaySpan):
    """So many interns on a post on all of these days: an approved placement, or what a unit declares of others."""

    occupation_code: Text
    site: Text
    count: Count = 1


class UnitFacts(Facts):
    """The unit's people, and the interns it has at the same time as this one, this one not among them.

    `interns` are placements of this platform that are approved, ongoing or suspended (one entry per segment);
    `external_interns` are those of other schools, as the unit declares them.
    """

    employees_total: Count | None = None
    employees_on_post: Count | None = None
    interns: tuple[InternsFacts, ...] = ()
    external_interns: tuple[InternsFacts, ...] | None = None


class AgreementFacts(EvidenceFacts):
    """The agreement on the internship: `issued_on` is the day on which the last of `signed_by` signed."""

    signed_by: tuple[Literal["school", "enterprise", "student"], ...]
    on_official_model: bool | None = None


class ConsentFacts(Facts):
    """What somebody said of the internship in writing; `consent_id` is where it is kept."""

    given: bool
    given_on: date
    consent_id: Text | None = None


class ConsentsFacts(Facts):
    """What the student and their guardian said; who finds a unit themselves needs the school's approval."""

    student: ConsentFacts | None = None
    guardian: ConsentFacts | None = None
    mode: Literal["arranged", "self_found"] = "arranged"
    school_approval: EvidenceFacts | None = None


class InsuranceFacts(DaySpan):
    """A policy of liability insurance for interns: the days it covers and who bears its cost."""

    policy_no: Text
    payer: Name
    deducted_from_pay: bool | None = None


class RecordFacts(Facts):
    """An entry of the public record against a unit."""

    kind: Name
    happened_on: date


class VettingFacts(Facts):
    """How the school came to choose the unit: it looked at the place, decided in a meeting, and published the list.

    `found_fit` is what the visit of `inspected_on` found; its report has the number `report_no`. `records` are
    complete once somebody has looked up the public record, on `looked_up_on`; before that they are what came to light.
    """

    inspected_on: date | None = None
    found_fit: bool | None = None
    report_no: Text | None = None
    meeting_ref: Text | None = None
    decided_on: date | None = None
    published_on: date | None = None
    looked_up_on: date | None = None
    records: tuple[RecordFacts, ...] | None = None


class ConductFacts(Facts):
    """How those who arrange the internship behave; `fees` are the kinds of what the student is asked to pay."""

    intermediary: bool | None = None
    forced_on_school: bool | None = None
    for_profit: bool | None = None
    fees: tuple[Name, ...] | None = None
    holds_documents: bool | None = None
    asks_guarantee: bool | None = None


class LoggedDayFacts(Facts):
    """The work of one day: how many minutes, and from when to when where that was written down."""

    on: date
    minutes: Minutes
    starts_at: time | None = None
    ends_at: time | None = None


class WeekLogFacts(Facts):
    """A student's log of one ISO week, named by any of its days, and when the supervisor looked at it."""

    week_of: date
    days: tuple[LoggedDayFacts, ...] = ()
    reviewed_on: date | None = None

    @property
    def week(self) -> date:
        """The Monday of the week."""
        return self.week_of - timedelta(days=self.week_of.weekday())


class AssessmentFacts(Facts):
    """How the internship was graded; `copied_from` names what of the unit's the school simply took over."""

    grade: Name | None = None
    copied_from: tuple[Literal["attendance", "staff_standards"], ...] | None = None
