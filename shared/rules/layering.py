"""Puts what several packs say of one rule together, the most general first. A lower level may only strengthen."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from types import MappingProxyType

from shared.rules.pack import Pack, PackError, Param, RuleLayer, Stricter, placeholders
from shared.rules.rule import ParamValue, Rule, RuleShape
from shared.rules.verdict import Bilingual, Severity

_WEAKEST_FIRST = (Severity.INFO, Severity.WARN, Severity.BLOCK_IN_PRINCIPLE, Severity.BLOCK)
_KINDS = {int: Bilingual("整数", "a whole number"), Fraction: Bilingual("7/5 形式的比例", "a ratio such as 7/5")}
_NAMES = Bilingual("名称列表", "a list of names")


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
            "labels": {**upper.labels, **lower.labels},
            "cases": {**upper.cases, **lower.cases},
            "facts": {**upper.facts, **lower.facts},
            "names": {**upper.names, **lower.names},
        }
    )


def _check_severity(upper: Severity, lower: Severity, rule_id: str, pack: Pack) -> None:
    allowed = _WEAKEST_FIRST[_WEAKEST_FIRST.index(upper) :]
    if lower not in allowed:
        passing = [f"`{severity}`" for severity in allowed]
        en = f"severity `{lower}` weakens `{upper}` of the level above; {' or '.join(passing)} would pass"
        raise _problem(pack, rule_id, en=en, zh=f"severity `{lower}` 弱于上级的 `{upper}`，可用 {'、'.join(passing)}")


def _strengthened_param(upper: Param, lower: Param, name: str, rule_id: str, pack: Pack) -> Param:
    for key, said, above in (("unit", lower.unit, upper.unit), ("stricter", lower.stricter, upper.stricter)):
        if said is not None and said != above:
            en = f"params.{name}.{key} is {above} above and cannot change; leave it out"
            raise _problem(pack, rule_id, en=en, zh=f"params.{name}.{key} 在上级为 {above}，不得变更，请删除此项")
    param = upper.model_copy(update={"value": lower.value, **_narrowed(upper, lower)})
    if not _as_strict(upper, param):
        passing = _passing(upper)
        en = f"params.{name} = {lower.value} weakens the level above; {passing.en}"
        raise _problem(pack, rule_id, en=en, zh=f"params.{name} = {lower.value} 弱于上级，{passing.zh}")
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


def _passing(upper: Param) -> Bilingual:
    many = "names " if isinstance(upper.value, tuple) else ""
    match upper.stricter:
        case Stricter.HIGHER:
            return Bilingual(f"须为 {upper.value} 或更多", f"{upper.value} or more {many}would pass")
        case Stricter.LOWER:
            return Bilingual(f"须为 {upper.value} 或更少", f"{upper.value} or fewer {many}would pass")
        case Stricter.WITHIN:
            span = (upper.least, upper.most)
            return Bilingual(
                "须为 {} 至 {} 的整数".format(*span), "a whole number from {} to {} would pass".format(*span)
            )
        case _:
            return Bilingual(f"只能为 {upper.value}", f"only {upper.value} would pass")


def _rule(merged: RuleLayer, shape: RuleShape, pack: Pack, *, above: tuple[str, ...]) -> Rule:
    if merged.severity is None or merged.title is None:
        missing = "severity" if merged.severity is None else "title"
        en = f"no {missing}; the highest pack in force that names a rule gives all of it"
        raise _problem(pack, shape.id, en=en, zh=f"缺少 {missing}；规定某规则的最高一级规则包须写明其全部内容")
    _check_names(merged, shape, pack)
    _check_params(merged, shape, pack)
    _check_sentences(merged, pack)
    return Rule(
        id=merged.id,
        severity=merged.severity,
        title=merged.title,
        params=MappingProxyType({name: param.amount for name, param in merged.params.items()}),
        labels=MappingProxyType(dict(merged.labels)),
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
            en = f"{kind} are {_listed(given)}; the rule reads exactly {_listed(wanted)}"
            zh = f"{kind} 为 {_listed(given)}，该规则只读取 {_listed(wanted)}"
            raise _problem(pack, shape.id, en=en, zh=zh)


def _check_params(merged: RuleLayer, shape: RuleShape, pack: Pack) -> None:
    for name, param in merged.params.items():
        if not isinstance(param.amount, shape.params[name]):
            wanted = _KINDS.get(shape.params[name], _NAMES)
            raise _problem(pack, shape.id, en=f"params.{name} must be {wanted.en}", zh=f"params.{name} 须为{wanted.zh}")
        if param.stricter is None:
            en = f"params.{name} declares no `stricter`: higher, lower, equal or within"
            zh = f"params.{name} 未写明 `stricter`，可为 higher、lower、equal 或 within"
            raise _problem(pack, shape.id, en=en, zh=zh)
        if param.stricter is Stricter.WITHIN and not param.in_bounds:
            en = f"params.{name}: `within` needs least <= value <= most, all whole numbers"
            zh = f"params.{name} 使用 `within` 时须有 least <= value <= most，均为整数"
            raise _problem(pack, shape.id, en=en, zh=zh)


def _check_sentences(merged: RuleLayer, pack: Pack) -> None:
    fillable = {"actual", "limit", *merged.params}
    for name, case in merged.cases.items():
        try:
            stray = (placeholders(case.message) | placeholders(case.remedy)) - fillable
        except ValueError as problem:
            en, zh = (
                f"cases.{name} has a single brace; {{actual}} would pass",
                f"cases.{name} 花括号不成对，可写 {{actual}}",
            )
            raise _problem(pack, merged.id, en=en, zh=zh) from problem
        if stray:
            en = f"cases.{name} wants {_listed(stray)}; it may use {_listed(fillable)}"
            raise _problem(pack, merged.id, en=en, zh=f"cases.{name} 引用了 {_listed(stray)}，可用 {_listed(fillable)}")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"


def _problem(pack: Pack, rule_id: str, *, en: str, zh: str) -> PackError:
    return PackError(en=f"{pack.origin}: rule {rule_id}: {en}.", zh=f"{pack.origin}：规则 {rule_id}：{zh}。")
