"""The small region: every code has a source, everything that is named is there, credit codes are valid."""

from itertools import chain

from services.partnership.domain.uscc import check_digit, organisation_digit
from shared.operations.stories.credit_code import credit_code
from shared.operations.stories.region import region


def test_every_code_says_where_it_comes_from() -> None:
    here = region()
    codes = chain(*(part.values() for part in (here.regions, here.industries, here.occupations, here.programmes)))

    assert [code for code in codes if not code.source or not code.name.zh] == []


def test_every_code_that_is_used_is_listed() -> None:
    here = region()
    skills = chain(here.need.skills, *(each.skills for part in (here.taught, here.bases) for each in part))
    industries = {entry.industry for entry in here.organizations.values()} | {base.industry for base in here.bases}

    assert {*skills, here.need.occupation} <= here.occupations.keys()
    assert industries - {None} <= here.industries.keys()
    assert {taught.programme for taught in here.taught} <= here.programmes.keys()
    assert {entry.region for entry in here.organizations.values()} <= here.regions.keys()


def test_the_region_is_as_large_as_the_story_says() -> None:
    here = region()

    assert [len(part) for part in (here.taught, here.bases, here.teachers, here.students)] == [3, 2, 6, 12]


def test_every_run_gives_its_organisations_valid_codes_of_their_own() -> None:
    codes = [credit_code(f"run{n}", name, "500101") for n in range(300) for name in ("university", "enterprise")]

    assert len(set(codes)) == len(codes)
    assert [code for code in codes if code[17] != check_digit(code[:17])] == []
    assert [code for code in codes if code[16] != organisation_digit(code[8:16])] == []


def test_a_run_gives_an_organisation_the_same_code_again() -> None:
    assert credit_code("run", "university", "500101") == credit_code("run", "university", "500101")
