"""Puts what several packs say of one rule together, the most general first. A lower level may only strengthen."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from types import MappingProxyType

from shared.rules.pack import Pack, PackError, Param, RuleLayer, Stricter, placeholders
from shared.rules.rule import ParamValue, Rule, RuleShape
from shared.rules.verdict import Severity

_WEAKEST_FIRST = (Severity.INFO, Severity.WARN, Severity.BLOCK_IN_PRINCIPLE, Severity.BLOCK)
_KINDS = {int: "a whole number", Fraction: "a ratio such as 7/5"}


def layered(shape: RuleShape, packs: Sequence[Pack]) -> Rule | None:
    """The rule as these packs make it, or None if none of them names it. Raises `PackError` on a contradiction."""
    merged: RuleLayer | None = None
    rule: Rule | None = None
    for pack in packs:
        layer = pack.layer(shape.id)
        if layer is not None:
            merged = layer if merged is None else _strengthened(merged, layer, pack)
            rule = _rule(merged, shape, pack, above=rule.packs if rule else ())
    return rule


def _strengthened(upper: RuleLayer, lower: RuleLayer, pack: Pack) -> RuleLayer:
    if lower.severity is not None and upper.severity is not None:
        _check_severity(upper.severity, lower.severity, lower.id, pack)
    changed = {
        name: _strengthened_param(upper.params[name], param, name, lower.id, pack)
        for name, param in lower.params.items()
        if name in upper.params
    }
    return lower.model_copy(
        update={
            "severity": lower.severity or upper.severity,
            "title": lower.title or upper.title,
            "params": {**upper.params, **lower.params, **changed},
            "cases": {**upper.cases, **lower.cases},
            "facts": {**upper.facts, **lower.facts},
            "names": {**upper.names, **lower.names},
        }
    )


def _check_severity(upper: Severity, lower: Severity, rule_id: str, pack: Pack) -> None:
    allowed = _WEAKEST_FIRST[_WEAKEST_FIRST.index(upper) :]
    if lower not in allowed:
        passing = " or ".join(f"`{severity}`" for severity in allowed)
        raise _problem(pack, rule_id, f"severity `{lower}` weakens `{upper}` of the level above; {passing} would pass")


def _strengthened_param(upper: Param, lower: Param, name: str, rule_id: str, pack: Pack) -> Param:
    for key, said, above in (("unit", lower.unit, upper.unit), ("stricter", lower.stricter, upper.stricter)):
        if said is not None and said != above:
            raise _problem(pack, rule_id, f"params.{name}.{key} is {above} above and cannot change; leave it out")
    param = upper.model_copy(update={"value": lower.value, **_narrowed(upper, lower)})
    if not _as_strict(upper, param):
        raise _problem(pack, rule_id, f"params.{name} = {lower.value} weakens the level above; {_passing(upper)}")
    return param


def _narrowed(upper: Param, lower: Param) -> dict[str, int]:
    if upper.bounds is None:
        return {}
    least, most = upper.bounds
    return {
        "least": least if lower.least is None else max(least, lower.least),
        "most": most if lower.most is None else min(most, lower.most),
    }


def _as_strict(upper: Param, lower: Param) -> bool:
    match upper.stricter:
        case Stricter.HIGHER:
            return _reaches(lower.amount, upper.amount)
        case Stricter.LOWER:
            return _reaches(upper.amount, lower.amount)
        case Stricter.WITHIN:
            return lower.in_bounds
        case _:
            return lower.amount == upper.amount


def _reaches(more: ParamValue, less: ParamValue) -> bool:
    if isinstance(more, tuple) or isinstance(less, tuple):
        return isinstance(more, tuple) and isinstance(less, tuple) and set(more) >= set(less)
    return Fraction(more) >= Fraction(less)


def _passing(upper: Param) -> str:
    many = "names " if isinstance(upper.value, tuple) else ""
    match upper.stricter:
        case Stricter.HIGHER:
            return f"{upper.value} or more {many}would pass"
        case Stricter.LOWER:
            return f"{upper.value} or fewer {many}would pass"
        case Stricter.WITHIN:
            return f"a whole number from {upper.least} to {upper.most} would pass"
        case _:
            return f"only {upper.value} would pass"


def _rule(merged: RuleLayer, shape: RuleShape, pack: Pack, *, above: tuple[str, ...]) -> Rule:
    if merged.severity is None or merged.title is None:
        missing = "severity" if merged.severity is None else "title"
        raise _problem(pack, shape.id, f"no {missing}; the highest pack in force that names a rule gives all of it")
    _check_names(merged, shape, pack)
    _check_params(merged, shape, pack)
    _check_sentences(merged, pack)
    return Rule(
        id=merged.id,
        severity=merged.severity,
        title=merged.title,
        params=MappingProxyType({name: param.amount for name, param in merged.params.items()}),
        units=MappingProxyType({name: param.unit for name, param in merged.params.items() if param.unit}),
        ranges=MappingProxyType({name: param.bounds for name, param in merged.params.items() if param.bounds}),
        cases=MappingProxyType(dict(merged.cases)),
        facts=MappingProxyType(dict(merged.facts)),
        value_names=MappingProxyType(dict(merged.names)),
        packs=(*above, pack.reference),
        source=merged.source,
        confidence=merged.confidence,
        reading=merged.reading,
    )


def _check_names(merged: RuleLayer, shape: RuleShape, pack: Pack) -> None:
    for kind, given, wanted in (
        ("params", set(merged.params), set(shape.params)),
        ("cases", set(merged.cases), set(shape.cases)),
        ("facts", set(merged.facts), set(shape.facts)),
    ):
        if given != wanted:
            raise _problem(pack, shape.id, f"{kind} are {_listed(given)}; the rule reads exactly {_listed(wanted)}")


def _check_params(merged: RuleLayer, shape: RuleShape, pack: Pack) -> None:
    for name, param in merged.params.items():
        if not isinstance(param.amount, shape.params[name]):
            wanted = _KINDS.get(shape.params[name], "a list of names")
            raise _problem(pack, shape.id, f"params.{name} must be {wanted}")
        if param.stricter is None:
            raise _problem(pack, shape.id, f"params.{name} declares no `stricter`: higher, lower, equal or within")
        if param.stricter is Stricter.WITHIN and not param.in_bounds:
            raise _problem(pack, shape.id, f"params.{name}: `within` needs least <= value <= most, all whole numbers")


def _check_sentences(merged: RuleLayer, pack: Pack) -> None:
    fillable = {"actual", "limit", *merged.params}
    for name, case in merged.cases.items():
        try:
            stray = (placeholders(case.message) | placeholders(case.remedy)) - fillable
        except ValueError as problem:
            raise _problem(pack, merged.id, f"cases.{name} has a single brace; {{actual}} would pass") from problem
        if stray:
            raise _problem(pack, merged.id, f"cases.{name} wants {_listed(stray)}; it may use {_listed(fillable)}")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"


def _problem(pack: Pack, rule_id: str, what: str) -> PackError:
    return PackError(f"{pack.origin}: rule {rule_id}: {what}.")
