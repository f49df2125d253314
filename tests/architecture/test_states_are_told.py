"""A refusal tells people how far a thing has come in words of their language; its code is for programs."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from shared.errors import Conflict, Refusal, State

_ROOT = Path(__file__).parents[2]
_PACKAGES = (
    "services.partnership.domain",
    "services.training.domain",
    "services.talent.domain",
    "shared.documents",
    "shared.imports",
    "shared.approvals",
)


def _below(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _here(kind: type) -> list[type]:
    for name in _PACKAGES:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            importlib.import_module(module.name)
    return sorted(
        {each for each in _below(kind) if each.__module__.startswith(_PACKAGES)}, key=lambda each: each.__qualname__
    )


_STATES = [each for each in _here(State) if issubclass(each, State)]
_REFUSALS = [each for each in _here(Refusal) if issubclass(each, Refusal)]
_CODES = frozenset(str(state) for states in _STATES for state in states)


@pytest.mark.parametrize("kind", [each for each in _here(StrEnum) if each.__name__.endswith("Status")])
def test_every_status_has_a_word_in_both_languages(kind: type) -> None:
    assert issubclass(kind, State)
    assert all(re.fullmatch(r"[\u4e00-\u9fff]+", state.zh) for state in kind)
    assert all(re.fullmatch(r"[a-z ,]+", state.en) for state in kind)


@pytest.mark.parametrize("kind", _STATES)
def test_the_words_of_a_kind_of_thing_differ(kind: type[State]) -> None:
    assert len({state.zh for state in kind}) == len({state.en for state in kind}) == len(kind)


@pytest.mark.parametrize("refusal", _REFUSALS)
def test_no_sentence_holds_the_code_of_a_state(refusal: type[Refusal]) -> None:
    chinese, english = (set(re.findall(r"[a-z_]+", re.sub(r"\{\w+\}", "", said))) for said in (refusal.zh, refusal.en))

    assert not chinese & _CODES
    assert not {word for word in english & _CODES if "_" in word}


def _codes_told(tree: ast.AST) -> Iterator[str]:
    """The facts of refusals that are given as a state's code, for people to read."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield from (ast.unparse(fact.value) for fact in node.exc.keywords if ".status.value" in ast.unparse(fact))


@pytest.mark.parametrize("package", _PACKAGES)
def test_refusals_are_given_states_and_not_their_codes(package: str) -> None:
    files = sorted((_ROOT / package.replace(".", "/")).rglob("*.py"))

    assert files
    assert not [told for file in files for told in _codes_told(ast.parse(file.read_text("utf-8")))]


def test_a_code_that_is_told_is_noticed() -> None:
    assert list(_codes_told(ast.parse("raise OutOfTurn(status=self.status.value)"))) == ["self.status.value"]


def test_a_state_without_a_word_is_refused() -> None:
    with pytest.raises(TypeError, match="needs a word"):
        State("Wordless", {"OPEN": "open"})


class _Door(State):
    OPEN = "wide_open", "敞开", "wide open"
    SHUT = "shut", "关闭", "shut"


class _NotPassable(Conflict):
    en = "The door is {status}, and not {wanted}; {count} wait."
    zh = "门的状态为{status}，须为{wanted}；{count} 人等候。"


def test_a_refusal_tells_states_by_their_words_and_keeps_their_codes() -> None:
    refusal = _NotPassable(status=_Door.OPEN, wanted=(_Door.SHUT, _Door.OPEN), count=3)

    assert refusal.say("en") == "The door is wide open, and not shut, wide open; 3 wait."
    assert refusal.say("zh") == "门的状态为敞开，须为关闭、敞开；3 人等候。"
    assert refusal.facts["status"] == "wide_open"
