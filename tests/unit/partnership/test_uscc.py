"""PTN-01: which unified social credit codes pass, which warn, and what is said of the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.partnership.domain.uscc import check_digit, normalised, organisation_digit, uscc_is_valid
from shared.rules import Finding, Severity, Verdict
from tests.unit.rules.packs import shipped_rule, unhurried

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VALID = ("91500101MA5U00003R", "12500101450000008E")
seventeen = st.text(CHARACTERS, min_size=17, max_size=17)


def judged(written: str | None) -> Finding:
    return uscc_is_valid(written, shipped_rule("partnership", "PTN-01"))


@pytest.mark.parametrize("code", VALID)
def test_the_known_codes_are_valid(code: str) -> None:
    assert judged(code).verdict is Verdict.PASS


@pytest.mark.parametrize(("first", "last"), [("91500101MA5U00001", "K"), ("12500101450000001", "Q"), ("0" * 17, "0")])
def test_the_check_digit_follows_from_the_seventeen_before_it(first: str, last: str) -> None:
    assert check_digit(first) == last


@pytest.mark.parametrize(
    "written",
    ["91500101ma5u00003r", " 9150 0101 MA5U 0000 3R ", "91500101\u3000MA5U00003R\n", "9150\u00a00101MA5U00003R"],
)
def test_blanks_are_stripped_and_small_letters_raised(written: str) -> None:
    assert normalised(written) == VALID[0]
    assert judged(written).verdict is Verdict.PASS


@pytest.mark.parametrize("written", ["９1500101MA5U00003R", "91500101ＭA5U00003R", "91500101MA5U00003ｒ"])
def test_full_width_characters_are_refused_with_a_hint(written: str) -> None:
    finding = judged(written)

    assert (finding.verdict, finding.case, finding.refuses) == (Verdict.FAIL, "full_width", True)
    assert finding.remedy is not None
    assert "half-width" in finding.remedy.en
    assert "半角" in finding.remedy.zh


@pytest.mark.parametrize("written", ["91500101MA5U00003", "91500101MA5U00003RR", "9"])
def test_a_code_has_eighteen_characters(written: str) -> None:
    finding = judged(written)

    assert (finding.case, finding.actual, finding.limit) == ("length", len(written), 18)


@pytest.mark.parametrize("stranger", [*"IOSVZ", "-", "\u017f", "中", "\u200b"])
def test_a_character_outside_the_set_is_refused(stranger: str) -> None:
    finding = judged(VALID[0][:12] + stranger + VALID[0][13:])

    assert finding.refuses
    assert finding.case in {"characters", "full_width"}


def test_an_unknown_code_is_unknown_and_says_who_can_give_it() -> None:
    for written in (None, "", "  "):
        finding = judged(written)

        assert (finding.verdict, finding.refuses) == (Verdict.UNKNOWN, True)
        assert finding.missing[0].giver == "alliance_office"


@unhurried
@given(st.sampled_from(VALID), st.integers(0, 17), st.sampled_from(CHARACTERS))
def test_any_single_changed_character_is_caught(code: str, place: int, character: str) -> None:
    changed = code[:place] + character + code[place + 1 :]

    assert judged(changed).refuses is (changed != code)


@unhurried
@given(seventeen)
def test_exactly_one_last_character_fits_any_seventeen(first: str) -> None:
    fitting = [last for last in CHARACTERS if judged(first + last).case != "check_digit"]

    assert fitting == [check_digit(first)]


@unhurried
@given(seventeen)
def test_a_wrong_embedded_digit_only_warns(first: str) -> None:
    finding = judged(first + check_digit(first))

    if organisation_digit(first[8:16]) == first[16]:
        assert finding.verdict is Verdict.PASS
    else:
        assert (finding.verdict, finding.severity, finding.refuses) == (Verdict.FAIL, Severity.WARN, False)
        assert (finding.case, finding.limit) == ("embedded_digit", organisation_digit(first[8:16]))


@pytest.mark.parametrize(
    ("first", "last"), [("MA5U0000", "3"), ("45000000", "8"), ("00000000", "0"), ("00000005", "1"), ("00000006", "X")]
)
def test_the_embedded_digit_may_be_ten(first: str, last: str) -> None:
    assert organisation_digit(first) == last


@unhurried
@given(st.text(max_size=30))
def test_no_text_at_all_breaks_the_check(written: str) -> None:
    assert judged(written).verdict in Verdict


@unhurried
@given(st.text(max_size=30))
def test_what_was_written_is_not_repeated(written: str) -> None:
    marked = judged(f"{written}榫")

    assert "榫" not in marked.message.en + marked.message.zh
