"""A refusal tells people in words of their language; codes are for programs, and stand in no sentence by themselves.

A fact of a refusal is a number, a day, something with words of its own, or said to be verbatim: by its type a plain
text is none of these (`mypy`), and here it is looked at what is said to be verbatim.
"""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args

import pytest
from mypy import api as mypy

from services.training.domain.base_plan import BaseFunction, BaseKind
from shared.contracts import partnership as contract
from shared.contracts.fields import Known
from shared.errors import Conflict, NotFound, Refusal, State
from shared.words import AgreementType, Choice, Role, Verbatim, Worded, word_of

_ROOT = Path(__file__).parents[2]
_PACKAGES = (
    "services.partnership.domain",
    "services.training.domain",
    "services.talent.domain",
    "shared.documents",
    "shared.imports",
    "shared.approvals",
)
_EDGES = (
    "shared.identity",
    "shared.tables",
    "shared.web",
    "services.partnership.api",
    "services.partnership.handlers",
    "services.training.api",
    "services.training.handlers",
    "services.notify.domain",
    "services.notify.queries",
)
"""Where there are refusals beside those of the domains, and statuses of other things."""


def _below(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _here(kind: type, packages: tuple[str, ...] = _PACKAGES) -> list[type]:
    for name in packages:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            importlib.import_module(module.name)
    return sorted(
        {each for each in _below(kind) if each.__module__.startswith(packages)}, key=lambda each: each.__qualname__
    )


_STATES = [each for each in _here(State) if issubclass(each, State)]
_REFUSALS = [each for each in _here(Refusal, _PACKAGES + _EDGES) if issubclass(each, Refusal)]
_WORDED: list[Any] = [*(each for each in _here(Worded) if issubclass(each, Worded)), Role, AgreementType]
_CODES = frozenset(str(word) for words in _WORDED for word in words)
_WORD = re.compile(r"(?<![/\w])[a-z_]+(?![/\w])")
_EVERYWHERE = ("services", "shared")
_CODELIKE = re.compile(r"\.value\b|(?<!rule\.)\b(?:kinds?|types?|roles?|levels?|forms?|modes?|status|acts?)$")
"""How what holds a code is called: its value, or a name that says that it is one."""


@pytest.mark.parametrize("kind", [each for each in _here(StrEnum) if each.__name__.endswith("Status")])
def test_every_status_has_a_word_in_both_languages(kind: type) -> None:
    assert issubclass(kind, State)
    assert all(re.fullmatch(r"[\u4e00-\u9fff]+", state.zh) for state in kind)
    assert all(re.fullmatch(r"[a-z ,]+", state.en) for state in kind)


@pytest.mark.parametrize("kind", _WORDED)
def test_every_code_has_a_word_in_both_languages(kind: type[Worded]) -> None:
    assert all(re.fullmatch(r"[\u4e00-\u9fff]+", word.zh) for word in kind)
    assert all(re.fullmatch(r"[A-Za-z ,'-]+", word.en) for word in kind)


@pytest.mark.parametrize("kind", _STATES)
def test_the_words_of_a_kind_of_thing_differ(kind: type[State]) -> None:
    assert len({state.zh for state in kind}) == len({state.en for state in kind}) == len(kind)


@pytest.mark.parametrize("refusal", _REFUSALS)
def test_no_sentence_holds_a_code(refusal: type[Refusal]) -> None:
    chinese, english = (set(_WORD.findall(re.sub(r"\{\w+\}", "", said))) for said in (refusal.zh, refusal.en))

    assert not chinese & _CODES
    assert not {word for word in english & _CODES if "_" in word}


def _codes_told(tree: ast.AST) -> Iterator[str]:
    """The facts of refusals that are given as a state's code, for people to read."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield from (ast.unparse(fact.value) for fact in node.exc.keywords if ".status.value" in ast.unparse(fact))


def _verbatim(tree: ast.AST) -> Iterator[str]:
    """What is said to be verbatim although it is a code by its name, or a code itself."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and ast.unparse(node.func) in {"Verbatim", "map"}):
            continue
        given = node.args[1:] if ast.unparse(node.args[0]) == "Verbatim" else node.args if _is_verbatim(node) else []
        yield from (ast.unparse(each) for each in given if _is_code(each))


def _is_verbatim(call: ast.Call) -> bool:
    return ast.unparse(call.func) == "Verbatim"


def _is_code(said: ast.expr) -> bool:
    if isinstance(said, ast.Constant):
        return said.value in _CODES
    return bool(_CODELIKE.search(ast.unparse(said)))


@pytest.mark.parametrize("package", _EVERYWHERE)
def test_no_code_is_said_to_be_verbatim(package: str) -> None:
    files = sorted((_ROOT / package).rglob("*.py"))

    assert [told for file in files for told in _verbatim(ast.parse(file.read_text("utf-8")))] == []


@pytest.mark.parametrize(
    "code",
    [
        "Verbatim(self.kind.value)",
        "Verbatim(step.role)",
        'Verbatim("order_class")',
        "tuple(map(Verbatim, batch.levels))",
    ],
)
def test_a_code_that_is_said_to_be_verbatim_is_noticed(code: str) -> None:
    assert len(list(_verbatim(ast.parse(code)))) == 1


def test_a_plain_text_is_no_fact_of_a_refusal(tmp_path: Path) -> None:
    written = tmp_path / "telling.py"
    written.write_text('from shared.errors import Refusal\n\nRefusal(kind="order_class")\n')

    said, _, status = mypy.run([str(written), "--follow-imports=silent", f"--cache-dir={_ROOT / '.mypy_cache'}"])

    assert status == 1
    assert 'incompatible type "str"' in said


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


class _NotOpened(Conflict):
    en = "It is opened by: {roles}; from {first}, by one of {ways}; {id}."
    zh = "由{roles}开启；自 {first} 起，方式为{ways}；{id}。"


def test_a_refusal_tells_states_by_their_words_and_keeps_their_codes() -> None:
    refusal = _NotPassable(status=_Door.OPEN, wanted=(_Door.SHUT, _Door.OPEN), count=3)

    assert refusal.say("en") == "The door is wide open, and not shut, wide open; 3 wait."
    assert refusal.say("zh") == "门的状态为敞开，须为关闭、敞开；3 人等候。"
    assert refusal.facts["status"] == "wide_open"


def test_a_refusal_tells_roles_and_choices_by_their_words_days_and_ids_as_they_are() -> None:
    ways = (Choice(word_of(AgreementType, "order_class"), "order_class"), Verbatim("by hand"))
    roles = (Role.TEACHER, word_of(Role, "unheard_of"))
    refusal = _NotOpened(roles=roles, first=date(2026, 9, 1), ways=ways, id=Verbatim("door_1"))

    assert (
        refusal.say("zh")
        == "由教师、unheard_of开启；自 2026-09-01 起，方式为订单班培养（order_class）、by hand；door_1。"
    )
    assert refusal.say("en") == (
        "It is opened by: teacher, unheard_of; from 2026-09-01, by one of order class (order_class), by hand; door_1."
    )


def test_a_thing_that_is_not_found_is_called_by_its_words() -> None:
    assert "internship unit" in NotFound(kind="internship_unit").say("en")


def test_every_type_of_agreement_that_the_contracts_name_has_words() -> None:
    assert {each.value for each in AgreementType} == _known(contract.AgreementType)
    assert {each.value for each in BaseKind} == _known(contract.BaseKind)
    assert {each.value for each in BaseFunction} == _known(contract.BaseFunction)


def _known(field: Any) -> set[str]:
    (known,) = (each for each in get_args(field) if isinstance(each, Known))
    return set(known.values)
