"""Reads packs as they are written: one YAML file per pack and version, in a folder of package data."""

import json
from collections.abc import Hashable, Iterator
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from shared.rules.chinese_faults import in_chinese
from shared.rules.pack import Pack, PackError
from shared.rules.verdict import Bilingual
from shared.shipped import PlainLoader


def load_packs(folder: Traversable | Path) -> tuple[Pack, ...]:
    """Every `*.yaml` of the folder, by name. Raises `PackError` if one cannot be used or there is none."""
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    if not files:
        raise PackError(
            en=f"{folder}: no rule pack here; a service needs at least one *.yaml.",
            zh=f"{folder}：没有规则包，服务至少需要一个 *.yaml。",
        )
    return tuple(_read_once(file.read_text(encoding="utf-8"), str(file)) for file in files)


@lru_cache(maxsize=64)
def _read_once(text: str, origin: str) -> Pack:
    """What is installed is asked for several times by a process, and reading it takes a fifth of a second."""
    return read_pack(text, origin=origin)


def read_pack(text: str, *, origin: str) -> Pack:
    """One pack from its YAML text; `origin` names the file (or database row) in messages."""
    try:
        raw = yaml.load(text, Loader=_EachKeyOnce)  # noqa: S506
    except yaml.YAMLError as problem:
        raise PackError(
            en=f"{origin}: not readable as YAML: {problem}", zh=f"{origin}：无法按 YAML 读取{_line(problem)}。"
        ) from problem
    try:
        # Through JSON, because strict JSON reads text as dates and enumerations but never as numbers.
        pack = Pack.model_validate_json(json.dumps(raw, default=str))
    except ValidationError as problem:
        told = list(_sentences(raw, problem))
        raise PackError(
            en="\n".join(f"{origin}: {line.en}" for line in told), zh="\n".join(f"{origin}：{line.zh}" for line in told)
        ) from problem
    return pack.read_from(origin)


class _EachKeyOnce(PlainLoader):
    """Plain YAML would keep the last of two equal keys and say nothing."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value!r} is given twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def _line(problem: yaml.YAMLError) -> str:
    mark = problem.problem_mark if isinstance(problem, yaml.MarkedYAMLError) else None
    return f"，请检查第 {mark.line + 1} 行" if mark else ""


def _sentences(raw: object, problem: ValidationError) -> Iterator[Bilingual]:
    for error in problem.errors(include_url=False):
        place, rule = list(error["loc"]), ("", "")
        if place[:1] == ["rules"] and len(place) > 1:
            place[:2], rule = [_rule_id(raw, place[1])], ("rule ", "规则 ")
        where = ".".join(map(str, place))
        yield Bilingual(
            zh=f"{rule[1]}{where or '规则包'}：{in_chinese(error['type'], error.get('ctx', {}))}",
            en=f"{rule[0]}{where or 'pack'}: {_reason(error)}",
        )


def _reason(error: ErrorDetails) -> str:
    if error["type"] in {"extra_forbidden", "unexpected_keyword_argument"}:
        return "unknown key; remove it or correct its spelling"
    return error["msg"].removeprefix("Value error, ")


def _rule_id(raw: object, index: int | str) -> int | str:
    rules = raw.get("rules") if isinstance(raw, dict) else None
    rule = rules[index] if isinstance(rules, list) and isinstance(index, int) else None
    return str(rule.get("id", index)) if isinstance(rule, dict) else index
