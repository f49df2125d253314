"""Papers before they are printed: their numbers follow from what they say, and what deceives is not printed."""

from dataclasses import replace
from datetime import date

import pytest

from shared.papers.paper import Paper
from shared.papers.refusals import NotPrintable
from tests.unit.papers.samples import Note, agreement, certificate, consent, pack, proof, tripartite

ADDRESS = "https://papers.test/check"


def test_the_number_follows_from_all_that_a_paper_says() -> None:
    one = Note(text="甲")

    numbers = {Paper(data, language).number for data in (one, Note(text="乙")) for language in ("zh", "en")}

    assert len(numbers) == 4
    assert Paper(one, "zh").number == Paper(replace(one), "zh").number
    assert Paper(one, "zh").number.startswith("NTE-")


def test_a_paper_is_dated_by_what_it_is_about_and_not_by_a_clock() -> None:
    made = Note(text="x", reference="agr_01KA0000000000000000000000")

    assert Paper(made, "zh").dated == date(2025, 11, 14)


@pytest.mark.parametrize("letter", ["\x07", "\u202e", "\u2066", "\ue000", "\uffff", "\x85"])
def test_what_cannot_be_printed_or_deceives_is_refused(letter: str) -> None:
    with pytest.raises(NotPrintable):
        Paper(Note(text=f"甲{letter}乙"), "zh").told(address=ADDRESS)


def test_lines_and_rare_characters_may_stand_on_paper() -> None:
    assert Paper(Note(text="一\r\n二\t䶮𬭊"), "zh").told(address=ADDRESS)["data"]["text"] == "一\r\n二\t䶮𬭊"


def test_no_title_says_whose_paper_it_is() -> None:
    papers = (agreement(), tripartite(), consent(), certificate(), proof(), pack())
    titles = {Paper(data, "zh").title for data in papers}

    assert titles == {
        "校企合作协议",
        "学生岗位实习三方协议",
        "学生岗位实习知情同意书",
        "教师企业实践证明",
        "2026年度企业接收实习实践情况证明",
        "实训基地验收资料汇编",
    }
