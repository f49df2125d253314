"""Puts what several packs say of one rule together, the most general first. A lower level may only strengthen."""

from collections.abc import Sequence
from fractions import Fraction
from types import MappingProxyType

from shared.rules.pack import Pack, PackError, Param, RuleLayer, Stricter, placeholders
from shared.rules.rule import ParamValue, Rule, RuleShape
from shared.rules.verdict import Severity

_WEAKEST_FIRST = (Severity.INFO, Severity.WARN, Severity.BLOCK_IN_PRINCIPLE, Severity.BLOCK)


def layered(shape: RuleShape, packs: Sequence[Pack]) -> Rule | None:
    """The rule as these packs make it, or None if none of them names it. Raises `PackError` on a contradiction."""
    merged: RuleLayer | None = None
    used: list[Pack] = []
    for pack in packs:
        layer = pack.layer(shape.id)
        if layer is None:
            continue
        merged = layer if merged is None else _strengthened(merged, layer, pack)
        _check_complete(merged, shape, pack)
        used.append(pack)
    return None if merged is None else _rule(merged, tuple(pack.reference for pack in used))


def _strengthened(upper: RuleLayer, lower: RuleLayer, pack: Pack) -> RuleLayer:
    if lower.severity is not None and upper.severity is not None:
        _check_severity(upper.severity, lower.severity, lower.id, pack)
    params = dict(upper.params)
    for name, param in lower.params.items():
        params[name] = _strengthened_param(upper.params[name], param, name, lower.id, pack) if name in params else param
    return lower.model_copy(
        update={
            "severity": lower.severity or upper.severity,
            "title": lower.title or upper.title,
            "params": params,
            "cases": {**upper.cases, **lower.cases},
            "facts": {**upper.facts, **lower.facts},
        }
    )


def _check_severity(upper: Severity, lower: Severity, rule_id: str, pack: Pack) -> None:
    rank = _WEAKEST_FIRST.index(upper)
    if _WEAKEST_FIRST.index(lower) < rank:
        allowed = " or ".join(f"`{severity}`" for severity in _WEAKEST_FIRST[rank:])
        raise _problem(pack, rule_id, f"severity `{lower}` weakens `{upper}` of the level above; {allowed} would pass")


def _strengthened_param(upper: Param, lower: Param, name: str, rule_id: str, pack: Pack) -> Param:
    for key in ("unit", "stricter"):
        said, before = getattr(lower, key), getattr(upper, key)
        if said is not None and said != before:
            raise _problem(pack, rule_id, f"params.{name}.{key} is {before} above and cannot change; leave it out")
    param = upper.model_copy(update={"value": lower.value, **_narrowed(upper, lower)})
    if not _as_strict(upper, param) or type(lower.amount) is not type(upper.amount):
        raise _problem(pack, rule_id, f"params.{name} = {lower.value} weakens the level above; {_passing(upper)}")
    return param


def _narrowed(upper: Param, lower: Param) -> dict[str, int]:
    if upper.least is None or upper.most is None:
        return {}
    return {
        "least": max(upper.least, lower.least if lower.least is not None else upper.least),
        "most": min(upper.most, lower.most if lower.most is not None else upper.most),
    }


def _as_strict(upper: Param, lower: Param) -> bool:
    match upper.stricter:
        case Stricter.HIGHER:
            return _reaches(lower.amount, upper.amount)
        case Stricter.LOWER:
            return _reaches(upper.amount, lower.amount)
        case Stricter.WITHIN:
            return _in_range(lower)
        case _:
            return lower.amount == upper.amount


def _reaches(more: ParamValue, less: ParamValue) -> bool:
    if isinstance(more, tuple) or isinstance(less, tuple):
        return isinstance(more, tuple) and isinstance(less, tuple) and set(more) >= set(less)
    return Fraction(more) >= Fraction(less)


def _in_range(param: Param) -> bool:
    ranged = param.least is not None and param.most is not None and isinstance(param.value, int)
    return ranged and param.least <= param.value <= param.most  # type: ignore[operator]


def _passing(upper: Param) -> str:
    match upper.stricter:
        case Stricter.HIGHER:
            return f"{upper.value} or {'more names' if isinstance(upper.value, tuple) else 'more'} would pass"
        case Stricter.LOWER:
            return f"{upper.value} or {'fewer names' if isinstance(upper.value, tuple) else 'less'} would pass"
        case Stricter.WITHIN:
            return f"a whole number from {upper.least} to {upper.most} would pass"
        case _:
            return f"only {upper.value} would pass"


def _check_complete(merged: RuleLayer, shape: RuleShape, pack: Pack) -> None:
    if merged.severity is None or merged.title is None:
        missing = "severity" if merged.severity is None else "title"
        raise _problem(pack, shape.id, f"no {missing}; the highest pack in force that names a rule gives all of it")
    for kind, given, wanted in (
        ("params", merged.params, tuple(shape.params)),
        ("cases", merged.cases, shape.cases),
        ("facts", merged.facts, shape.facts),
    ):
        if set(given) != set(wanted):
            raise _problem(pack, shape.id, f"{kind} are {_list(given)}; the rule reads exactly {_list(wanted)}")
    _check_params(merged, shape, pack)
    _check_sentences(merged, pack)


def _check_params(merged: RuleLayer, shape: RuleShape, pack: Pack) -> None:
    for name, param in merged.params.items():
        kind = shape.params[name]
        if not isinstance(param.amount, kind):
            wanted = {int: "a whole number", Fraction: "a ratio such as 7/5", tuple: "a list of names"}
            raise _problem(pack, shape.id, f"params.{name} must be {wanted.get(kind, 'a list of names')}")
        if param.stricter is None:
            raise _problem(pack, shape.id, f"params.{name} declares no `stricter`: higher, lower, equal or within")
        if param.stricter is Stricter.WITHIN and not _in_range(param):
            raise _problem(pack, shape.id, f"params.{name}: `within` needs least <= value <= most, all whole numbers")


def _check_sentences(merged: RuleLayer, pack: Pack) -> None:
    fillable = {"actual", "limit", *merged.params}
    for name, case in merged.cases.items():
        stray = (placeholders(case.message) | placeholders(case.remedy)) - fillable
        if stray:
            raise _problem(pack, merged.id, f"cases.{name} wants {_list(stray)} filled; it may use {_list(fillable)}")


def _rule(merged: RuleLayer, packs: tuple[str, ...]) -> Rule:
    if merged.severity is None or merged.title is None:
        raise TypeError(f"{merged.id} was not checked for completeness before it was made a rule.")
    return Rule(
        id=merged.id,
        severity=merged.severity,
        title=merged.title,
        params=MappingProxyType({name: param.amount for name, param in merged.params.items()}),
        ranges=MappingProxyType(
            {
                name: (param.least, param.most)
                for name, param in merged.params.items()
                if param.least is not None and param.most is not None
            }
        ),
        cases=MappingProxyType(dict(merged.cases)),
        facts=MappingProxyType(dict(merged.facts)),
        packs=packs,
        source=merged.source,
        confidence=merged.confidence,
        reading=merged.reading,
    )


def _list(names: object) -> str:
    return ", ".join(sorted(map(str, names))) if names else "none"  # type: ignore[call-overload]


def _problem(pack: Pack, rule_id: str, what: str) -> PackError:
    return PackError(f"{pack.origin}: rule {rule_id}: {what}.")
