"""TCH-01, TCH-02, TCH-04 and TCH-06: stretches of days say what a walk over the days says."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.training.domain.faculty.obligations import five_year_standing, new_teacher_standing
from services.training.domain.faculty.practice_days import counted_days
from services.training.domain.faculty.practice_ledger import PracticeLedger
from services.training.domain.faculty.practice_period import DailyLog, Form, PracticePeriod
from services.training.domain.faculty.practice_window import Leave, LeaveKind, Window
from tests.unit.rules.packs import unhurried
from tests.unit.training.faculty.oracle import DAY, Walked, dates_of
from tests.unit.training.faculty.practice import FULL_WEEK, HALF_WEEK, RULES

BEGIN = date(2018, 12, 20)
HIRINGS = st.dates(date(2018, 1, 1), date(2020, 3, 1))
DAYS = st.dates(date(2019, 1, 1), date(2028, 12, 31))
LEAP_DAYS = st.dates(date(2024, 2, 25), date(2024, 3, 3))
starts = st.dates(BEGIN, date(2021, 3, 2))


@st.composite
def periods(draw: st.DrawFn) -> PracticePeriod:
    first, length = draw(starts), draw(st.integers(0, 220))
    form, is_full = draw(st.sampled_from(Form)), draw(st.booleans())
    worked = st.fractions(Fraction(1, 4), 24, max_denominator=6)
    offsets = draw(st.dictionaries(st.integers(0, length), worked, max_size=12))
    pauses = draw(st.lists(st.tuples(st.integers(0, length), st.integers(0, 20)), max_size=2))
    return PracticePeriod(
        form=form,
        starts_on=first,
        ends_on=first + length * DAY,
        plan=FULL_WEEK if is_full else HALF_WEEK,
        logs=tuple(DailyLog(first + offset * DAY, hours) for offset, hours in offsets.items()),
        undated_hours=Fraction(0) if offsets else draw(worked) * draw(st.integers(0, 60)),
        pauses=tuple(Window(first + start * DAY, first + (start + days) * DAY) for start, days in pauses),
    )


leaves = st.builds(
    lambda kind, first, days: Leave(kind, first, first + timedelta(days=days)),
    st.sampled_from(LeaveKind),
    st.dates(BEGIN, date(2026, 1, 1)) | st.dates(date(2024, 2, 26), date(2024, 3, 1)),
    st.integers(0, 160),
)


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[PracticeLedger, Walked]:
    found = tuple(draw(st.lists(periods(), max_size=4)))
    away = tuple(draw(st.lists(leaves, max_size=2)))
    return PracticeLedger.of(found, RULES, away), Walked(found, RULES, away)


@unhurried
@given(ledgers(), starts, st.integers(0, 500))
def test_days_are_counted_alike(both: tuple[PracticeLedger, Walked], first: date, length: int) -> None:
    counted, walked = both
    last = first + length * DAY

    assert counted.count.within(first.toordinal(), last.toordinal()) == walked.counted(first, last)


@unhurried
@given(st.lists(periods(), max_size=4), starts, st.integers(0, 500))
def test_days_without_leave_are_counted_alike(found: list[PracticePeriod], first: date, length: int) -> None:
    last = first + length * DAY
    walked = Walked(tuple(found), RULES).counted(first, last)

    assert counted_days(found, first=first, last=last, rule=RULES.counting) == walked


@unhurried
@given(ledgers(), DAYS)
def test_the_rolling_sum_is_the_same(both: tuple[PracticeLedger, Walked], as_of: date) -> None:
    counted, walked = both

    assert counted.rolling_days(as_of) == walked.rolling_days(as_of)


@unhurried
@given(
    ledgers(), HIRINGS, st.dates(date(2019, 1, 1), date(2028, 12, 31)) | st.dates(date(2024, 2, 25), date(2024, 3, 3))
)
def test_the_last_admissible_day_is_the_same(both: tuple[PracticeLedger, Walked], hired_on: date, as_of: date) -> None:
    counted, walked = both

    assert counted.rolling_due_on(hired_on, as_of) == walked.rolling_due_on(hired_on, as_of)


@unhurried
@given(ledgers(), HIRINGS, st.dates(date(2019, 1, 1), date(2023, 12, 31)))
def test_pieces_are_the_same(both: tuple[PracticeLedger, Walked], hired_on: date, as_of: date) -> None:
    counted, walked = both
    pieces = [(piece.starts_on, piece.ends_on, piece.days) for piece in counted.segments(hired_on, as_of)]

    assert counted.first_window(hired_on).last == walked.last_of_first_window(hired_on)
    assert pieces == walked.segments(hired_on, as_of)
    assert counted.concentrated_missing(hired_on, as_of) == walked.concentrated_missing(hired_on, as_of)


@unhurried
@given(ledgers(), HIRINGS, st.dates(date(2021, 10, 15), date(2027, 12, 31)), st.integers(1, 400))
def test_nothing_changes_before_the_day_that_is_named(
    both: tuple[PracticeLedger, Walked], hired_on: date, on: date, later: int
) -> None:
    for judge in (five_year_standing, new_teacher_standing):
        now = judge(both[0], hired_on=hired_on, on=on)
        quiet = on + later * DAY if now.changes_on is None else min(on + later * DAY, now.changes_on - DAY)

        then = judge(both[0], hired_on=hired_on, on=quiet)

        for told in ("done_days", "missing_days", "due_on", "begin_by", "changes_on", "status"):
            assert getattr(then, told) == getattr(now, told), told


@unhurried
@given(ledgers(), HIRINGS, st.dates(date(2021, 10, 15), date(2022, 3, 1)))
def test_who_begins_in_time_fulfils_in_time_and_a_day_later_does_not(
    both: tuple[PracticeLedger, Walked], hired_on: date, on: date
) -> None:
    counted, walked = both
    now = new_teacher_standing(counted, hired_on=hired_on, on=on)
    if now.begin_by is None or now.begin_by <= on or counted.leave.within(on.toordinal(), now.due_on.toordinal()):
        return

    def fulfilled(begun: date) -> bool:
        more = PracticePeriod(form=Form.POST_WORK, starts_on=begun, ends_on=now.due_on, plan=FULL_WEEK)
        pieces = Walked((*walked.periods, more), RULES, walked.leaves).segments(hired_on, now.due_on)
        return max(days for _, _, days in pieces) >= now.required_days

    away = {day for leave in walked.leaves for day in dates_of(leave.starts_on, leave.ends_on)}
    if away.isdisjoint(dates_of(on, now.due_on)):
        assert fulfilled(now.begin_by)
        assert not fulfilled(now.begin_by + DAY)
