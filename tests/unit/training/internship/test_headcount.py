"""A headcount that falls: whoever is there stays, nobody new is approved, and the unit hears of it once."""

from datetime import date, timedelta

import pytest

from services.training.commands.internship.unit import DeclareExternalInterns
from services.training.domain.directory import Employees
from services.training.domain.internship.exceeded import Headcounts, exceeded_caps
from services.training.domain.internship.quota_board import Present
from services.training.domain.internship.unit import ExternalInterns, unit_id_of
from services.training.handlers.internship import unit as handlers
from services.training.handlers.internship.headcount import count_employees_anew
from shared.contracts.partnership import OrganizationUpdated
from shared.contracts.partnership.organization import EmployeesOnPost
from shared.contracts.training import ExceededCap, UnitQuotaExceeded
from tests.unit.rules.packs import shipped_rule
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.internship.workshop import FITTER, offered, unit_of

SITE = "万州一厂"
MONTH = timedelta(days=30)


def there(count: int, *, first: date = TODAY, last: date = TODAY + MONTH, site: str = SITE) -> Present:
    return Present(first, last, FITTER, site, count)


def fitters(count: int, site: str | None = None) -> Employees:
    return Employees(occupation_code=FITTER, employees=count, site=site)


def exceeded(*present: Present, total: int | None = 100, on_post: tuple[Employees, ...] = ()) -> list[ExceededCap]:
    caps = exceeded_caps(
        present,
        Headcounts(total=total, on_post=on_post),
        first=TODAY,
        unit_rule=shipped_rule("training", "INT-03"),
        post_rule=shipped_rule("training", "INT-04"),
    )
    return list(caps)


def updated(college: College, total: int | None, on_post: int | None = None) -> OrganizationUpdated:
    posts = [] if on_post is None else [EmployeesOnPost(occupation_code=FITTER, employees=on_post)]
    return OrganizationUpdated(
        organization_id=college.enterprise,
        kind="enterprise",
        name_zh="达州某公司",
        uscc="91511703MA9HD0X26R",
        region_code="511700",
        employees_total=total,
        posts=posts,
        status="verified",
    )


async def with_interns(college: College, count: int) -> None:
    """The enterprise offers a post and has interns of another school on it."""
    await offered(college)
    interns = ExternalInterns(occupation_code=FITTER, site=SITE, starts_on=TODAY, ends_on=TODAY + MONTH, interns=count)
    command = DeclareExternalInterns(
        unit_id=unit_id_of(college.enterprise), organization_id=college.enterprise, interns=(interns,)
    )
    await college.do(handlers.declare_external_interns, command)


def warnings(college: College) -> list[UnitQuotaExceeded]:
    return [fact for fact in college.facts if isinstance(fact, UnitQuotaExceeded)]


def test_a_cap_that_is_reached_is_not_exceeded() -> None:
    assert exceeded(there(10), on_post=(fitters(50),)) == []


def test_each_cap_is_named_with_its_busiest_days() -> None:
    late = there(3, first=TODAY + 5 * DAY)

    unit, post = exceeded(there(9), late, on_post=(fitters(50),))

    assert (unit.rule_id, unit.site, unit.exceeded_on, unit.interns, unit.cap) == (
        "INT-03", None, TODAY + 5 * DAY, 12, 10,
    )  # fmt: skip
    assert (post.rule_id, post.occupation_code, post.site, post.interns, post.cap) == ("INT-04", FITTER, SITE, 12, 10)


@pytest.mark.parametrize(
    "present",
    [
        there(20, first=TODAY - MONTH, last=TODAY - DAY),
        there(9, site="another site"),
    ],
    ids=["over", "fewer"],
)
def test_who_has_left_and_who_is_few_exceeds_nothing(present: Present) -> None:
    assert exceeded(present, on_post=(fitters(50),)) == []


@pytest.mark.parametrize(
    ("stated", "cap"),
    [
        ((fitters(50), fitters(40, SITE)), 8),
        ((fitters(40, SITE), fitters(50)), 8),
        ((fitters(45), fitters(10, "another site")), 9),
        ((fitters(10, "another site"),), None),
    ],
    ids=["the site's own", "in any order", "else the whole occupation's", "none of it"],
)
def test_a_site_is_held_to_its_own_headcount_where_it_is_stated(stated: tuple[Employees, ...], cap: int | None) -> None:
    caps = exceeded(there(10), total=None, on_post=stated)

    assert [each.cap for each in caps] == ([] if cap is None else [cap])


def test_what_is_not_stated_limits_nothing_here() -> None:
    assert exceeded(there(900), total=None) == []


async def test_a_fallen_headcount_is_told_once(college: College) -> None:
    await with_interns(college, 3)

    await college.do(count_employees_anew, updated(college, 100, 15))
    await college.do(count_employees_anew, updated(college, 100, 14))
    await college.do(count_employees_anew, updated(college, 100, 14))

    (warning,) = warnings(college)
    (cap,) = warning.caps
    assert (cap.rule_id, cap.interns, cap.cap) == ("INT-04", 3, 2)
    assert (await unit_of(college)).exceeded == (cap,)


async def test_a_headcount_that_recovers_takes_the_warning_back_without_a_word(college: College) -> None:
    await with_interns(college, 3)
    await college.do(count_employees_anew, updated(college, 20))

    await college.do(count_employees_anew, updated(college, 30))

    assert (len(warnings(college)), (await unit_of(college)).exceeded) == (1, ())


async def test_an_organisation_that_is_no_unit_is_passed_over(college: College) -> None:
    await college.do(count_employees_anew, updated(college, 0))

    assert college.facts == []
