"""Chinese sentences have the punctuation of their script: no half-width comma, semicolon or colon in them."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest
import yaml

_ROOT: Final = Path(__file__).parents[2]
_TEXTS: Final = sorted(
    file
    for folder in ("services", "shared", "deploy")
    for suffix in ("py", "yaml")
    for file in (_ROOT / folder).rglob(f"*.{suffix}")
)
_HAN: Final = r"[\u4e00-\u9fff“”《》「」（）〔〕]"
_BETWEEN: Final = re.compile(rf"{_HAN}[,;:!?]{_HAN}")
_BESIDE: Final = re.compile(rf"{_HAN}[,;:!?](?!\w)|[,;:!?]{_HAN}|\}}[,;:!?](?!\w)")
_A_FORMAT: Final = "时:分"
"""How times are written, not a sentence."""


def narrow(text: str) -> list[str]:
    """The half-width marks of a text: between Chinese characters, or beside one in what is mostly Chinese."""
    said = re.sub(r"\{\w*\}", "{}", text).replace(_A_FORMAT, "")
    han, letters = (len(re.findall(kind, said)) for kind in (r"[\u4e00-\u9fff]", r"[A-Za-z]"))
    return [hit.group() for hit in (_BESIDE if han > letters else _BETWEEN).finditer(said)]


def _told(file: Path) -> Iterator[str]:
    written = file.read_text("utf-8")
    if not re.search(r"[\u4e00-\u9fff]", written):
        return
    if file.suffix == ".yaml":
        for document in yaml.safe_load_all(written):
            yield from _values(document)
        return
    for node in ast.walk(ast.parse(written)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _values(document: object) -> Iterator[str]:
    if isinstance(document, str):
        yield document
    elif isinstance(document, dict | list):
        for part in document.values() if isinstance(document, dict) else document:
            yield from _values(part)


@cache
def _found() -> dict[str, list[str]]:
    found = {str(file.relative_to(_ROOT)): [text for text in _told(file) if narrow(text)] for file in _TEXTS}
    return {file: texts for file, texts in found.items() if texts}


def test_no_chinese_text_has_half_width_punctuation() -> None:
    assert len(_TEXTS) > 100
    assert not _found()


@pytest.mark.parametrize(
    "text", ["对象已变更,请重试。", "需求 {need}:共 {count} 个", "须为 MA5U 类型,请修改", "共 {n} 项;其余 {m} 项"]
)
def test_half_width_punctuation_is_seen(text: str) -> None:
    assert narrow(text)


@pytest.mark.parametrize(
    "text",
    ["对象已变更，请重试。", "在 {from}:00 至 {to}:00 之间", "a comma, as English has it", "(跟岗, 顶岗) are merged"],
)
def test_other_punctuation_is_left_alone(text: str) -> None:
    assert not narrow(text)
