"""The press: the same bytes for the same paper, data that is never markup, no empty boxes, and bounds that hold."""

import asyncio
import re
import zlib
from pathlib import Path

import pytest

from shared.papers.paper import Language, Paper, PaperData
from shared.papers.press import Press, PressFailed
from shared.papers.refusals import NotPrintable, TooLong, TooManyPapers
from tests.unit.papers.samples import Note, everything

ADDRESS = "https://papers.test/check"
MARKUP = (
    '#panic("run") \\ #sys @nowhere <label> $x^2$ "quoted" *bold* _thin_ `raw` = head\n- list\n/ term: x // comment'
)
TEMPLATE = "#show: sheet\n#written(data.text)\n"


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A folder with one template that shows one text."""
    (tmp_path / "note.zh.typ").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


async def printed(data: PaperData, templates: Path, language: Language = "zh", **press: object) -> bytes:
    return await Press(**press).printed(Paper(data, language), templates, address=ADDRESS)


def letters(pdf: bytes) -> set[str]:
    """Every character that some glyph of the PDF stands for."""
    found: set[str] = set()
    for start in re.finditer(rb"stream\r?\n", pdf):
        try:
            stream = zlib.decompressobj().decompress(pdf[start.end() :])
        except zlib.error:
            continue
        for code in re.findall(rb"<[0-9A-F]{4}> <([0-9A-F]+)>", stream) if b"beginbfchar" in stream else ():
            found |= set(bytes.fromhex(code.decode()).decode("utf-16-be"))
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("place", range(5))
async def test_every_paper_is_printed_twice_alike_with_its_fonts_inside(place: int, language: Language) -> None:
    data, folder = everything()[place]
    paper = Paper(data, language)

    one, two = await asyncio.gather(*(Press().printed(paper, folder, address=ADDRESS) for _ in range(2)))

    assert one == two
    assert one.startswith(b"%PDF-")
    assert {b"NotoSerifSC-Regular", b"NotoSansSC-Regular"} == set(re.findall(rb"/FontName/[A-Z]{6}\+([\w-]+)", one))
    assert set(paper.title + paper.number) - {" "} <= letters(one)


async def test_what_was_entered_is_shown_and_never_run(templates: Path) -> None:
    pdf = await printed(Note(text=MARKUP), templates)

    assert set(MARKUP) - {" ", "\n"} <= letters(pdf)


async def test_a_very_long_name_is_broken_and_printed(templates: Path) -> None:
    pdf = await printed(Note(text="W" * 2000 + "龘" * 2000), templates)

    assert {"W", "龘"} <= letters(pdf)


@pytest.mark.parametrize("text", ["😀", "\U0002a6a5"])
async def test_a_character_that_the_fonts_lack_is_refused(templates: Path, text: str) -> None:
    with pytest.raises(NotPrintable):
        await printed(Note(text=text), templates)


async def test_what_stands_on_paper_is_not_what_another_address_would_verify(templates: Path) -> None:
    paper = Paper(Note(text="甲"), "zh")

    one, two = [await Press().printed(paper, templates, address=address) for address in (ADDRESS, ADDRESS + "/2")]

    assert one != two


async def test_no_more_papers_wait_than_there_is_room_for(templates: Path) -> None:
    press = Press(waiting=0)
    first, second = (press.printed(Paper(Note(text=text), "zh"), templates, address=ADDRESS) for text in "甲乙")

    outcomes = await asyncio.gather(first, second, return_exceptions=True)

    assert isinstance(outcomes[0], bytes)
    assert isinstance(outcomes[1], TooManyPapers)
    assert await press.printed(Paper(Note(text="丙"), "zh"), templates, address=ADDRESS)


async def test_a_paper_that_takes_too_long_is_given_up_and_its_process_ended(templates: Path) -> None:
    endless = "#let n = 0\n#for i in range(9999) { for j in range(9999) { n += calc.rem(j, 7) } }\n"
    (templates / "note.zh.typ").write_text(endless)

    with pytest.raises(TooManyPapers):
        await printed(Note(text="甲"), templates, patience=0.5)


async def test_a_paper_that_needs_too_much_memory_ends_alone(templates: Path) -> None:
    (templates / "note.zh.typ").write_text('#let much = 3000000000 * "x"\n')

    with pytest.raises(TooLong):
        await printed(Note(text="甲"), templates)


async def test_a_template_can_read_nothing_beside_it(templates: Path) -> None:
    (templates / "note.zh.typ").write_text('#read("../../pyproject.toml")\n')

    with pytest.raises(PressFailed):
        await printed(Note(text="甲"), templates)
