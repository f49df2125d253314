"""Whether one schema may follow another so that every reader, old or new, understands every writer, old or new."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from shared.contracts.schemas import KNOWN, NULL, Schema

_WORDS: Final = frozenset({"title", "description", "examples", "deprecated", "$id", "$schema", "$comment", "$defs"})
_WALKED: Final = frozenset({"type", "properties", "required", "additionalProperties", "propertyNames", "items"})
_CHOICES: Final = frozenset({"anyOf", "oneOf"})
_SAID_ELSEWHERE: Final = _WORDS | _WALKED | _CHOICES | {"default", "$ref", KNOWN}
_SAME_AS_ABSENT: Final[Mapping[str, object]] = {"minLength": 0, "minItems": 0, "minProperties": 0, "uniqueItems": False}
_NEW_MAJOR: Final = "or publish a new major"


def violations(old: Schema, new: Schema) -> list[str]:
    """One sentence for each change that an earlier or a later reader could not take; none if `new` may follow `old`.

    Both are whole documents, in the reader's or the writer's form: whether objects are open to further fields is not
    compared. The order of the two does not matter but in the wording, and known values may only grow.
    """
    return list(_Comparison(old, new).compare(old, new, ""))


class _Comparison:
    """Two documents side by side, walked together; a pair of definitions is compared where it is first met."""

    def __init__(self, old: Schema, new: Schema) -> None:
        self._old = old.get("$defs", {})
        self._new = new.get("$defs", {})
        self._met: set[tuple[str, str]] = set()

    def compare(self, old: Schema, new: Schema, path: str) -> Iterator[str]:
        """What is said of a place, whichever alternatives it has."""
        yield from _default(old, new, path)
        before, after = _alternatives(old), _alternatives(new)
        if (NULL in before) != (NULL in after):
            may = "may now" if NULL in after else "may no longer"
            yield f"{_at(path)} {may} be null; leave that as it was and add an optional field, {_NEW_MAJOR}"
        before, after = [one for one in before if one != NULL], [one for one in after if one != NULL]
        if len(before) != len(after):
            yield f"{_at(path)} has {len(after)} alternatives instead of {len(before)}; keep them, {_NEW_MAJOR}"
        for one, other in zip(before, after, strict=False):
            yield from self._one(one, other, path)
        if _CHOICES & old.keys() and _CHOICES & new.keys():
            yield from _limits(old, new, path)

    def _one(self, old: Schema, new: Schema, path: str) -> Iterator[str]:
        pair = (old.get("$ref", ""), new.get("$ref", ""))
        if all(pair) and pair in self._met:
            return
        self._met.add(pair)
        if any(pair):
            yield from self.compare(_resolved(old, self._old), _resolved(new, self._new), path)
            return
        if old.get("type") != new.get("type"):
            yield (
                f"{_at(path)} changed its type from {_said(old.get('type'))} to {_said(new.get('type'))}; "
                f"keep it and add a field of another name, {_NEW_MAJOR}"
            )
            return
        yield from _limits(old, new, path)
        yield from _known(old, new, path)
        yield from self._fields(old, new, path)
        yield from self._parts(old, new, path)

    def _fields(self, old: Schema, new: Schema, path: str) -> Iterator[str]:
        before, after = old.get("properties", {}), new.get("properties", {})
        for name in [*before, *(name for name in after if name not in before)]:
            place = f"{path}.{name}" if path else name
            yield from _presence(name in _required(old), name in _required(new), name in before, name in after, place)
            if name in before and name in after:
                yield from self.compare(before[name], after[name], place)

    def _parts(self, old: Schema, new: Schema, path: str) -> Iterator[str]:
        for key, place in (("items", "[]"), ("additionalProperties", ".*"), ("propertyNames", "'s names")):
            before, after = _part(old, key), _part(new, key)
            if before is not None and after is not None:
                yield from self.compare(before, after, path + place)
            elif before is not after:
                known, unknown = ("no longer", "kept") if after is None else ("now", "left out")
                yield f"{_at(path)} {known} says what its {key} are; that must be {unknown}, {_NEW_MAJOR}"


def _presence(was_required: bool, is_required: bool, was: bool, now: bool, path: str) -> Iterator[str]:
    if was_required == is_required:
        return
    if was_required:
        how = "became optional" if now else "is gone"
        yield f"{_at(path)} was required and {how}, and earlier readers need it; keep it required, {_NEW_MAJOR}"
    else:
        how = "became required" if was else "was added as required"
        yield f"{_at(path)} {how}, and earlier events may lack it; give it a default, {_NEW_MAJOR}"


def _limits(old: Schema, new: Schema, path: str) -> Iterator[str]:
    before, after = _normal(old), _normal(new)
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield (
                f"{_at(path)} changed its {key} from {_said(before.get(key))} to {_said(after.get(key))}, so a value "
                f"that fits one does not fit the other; keep {_said(before.get(key))}, {_NEW_MAJOR}"
            )


def _known(old: Schema, new: Schema, path: str) -> Iterator[str]:
    before, after = old.get(KNOWN), new.get(KNOWN)
    if (before is None) != (after is None):
        how = "is no longer" if after is None else "became"
        yield f"{_at(path)} {how} an enumeration with known values; leave that as it was, {_NEW_MAJOR}"
    elif gone := [value for value in before or () if value not in (after or ())]:
        yield f"{_at(path)} no longer knows {', '.join(gone)}; keep it known (it need not be written), {_NEW_MAJOR}"


def _default(old: Schema, new: Schema, path: str) -> Iterator[str]:
    if "default" in old and "default" in new and not _agree(old["default"], new["default"]):
        yield (
            f"{_at(path)} changed its default from {_said(old['default'])} to {_said(new['default'])}, so events "
            f"without it would change their meaning; keep {_said(old['default'])}, {_NEW_MAJOR}"
        )


def _agree(old: object, new: object) -> bool:
    if isinstance(old, dict) and isinstance(new, dict):
        return all(_agree(old[name], new[name]) for name in old.keys() & new.keys())
    return old == new and isinstance(old, bool) == isinstance(new, bool)


def _alternatives(schema: Schema) -> list[Schema]:
    for key in _CHOICES & schema.keys():
        return list(schema[key])
    if isinstance(schema.get("type"), list):
        return [NULL if one == "null" else schema | {"type": one} for one in schema["type"]]
    return [schema]


def _resolved(schema: Schema, definitions: Mapping[str, Schema]) -> Schema:
    if "$ref" not in schema:
        return schema
    beside = {key: value for key, value in schema.items() if key not in ("$ref", "default")}
    return definitions[schema["$ref"].rsplit("/", 1)[-1]] | beside


def _normal(schema: Schema) -> dict[str, Any]:
    """The keywords that limit a value, each in the one form in which it can be compared."""
    limits = {key: value for key, value in schema.items() if key not in _SAID_ELSEWHERE and _limits_values(key, value)}
    if schema.get("type") == "integer":
        for exclusive, inclusive, step in (("exclusiveMinimum", "minimum", 1), ("exclusiveMaximum", "maximum", -1)):
            if exclusive in limits:
                limits[inclusive] = limits.pop(exclusive) + step
    if "enum" in limits and KNOWN in schema:
        del limits["enum"]
    return limits


def _limits_values(key: str, value: object) -> bool:
    return not key.startswith("x-") and (key not in _SAME_AS_ABSENT or value != _SAME_AS_ABSENT[key])


def _part(schema: Schema, key: str) -> Schema | None:
    part = schema.get(key)
    return part if isinstance(part, dict) else None


def _required(schema: Schema) -> list[str]:
    return list(schema.get("required", []))


def _at(path: str) -> str:
    return f"`{path}`" if path else "the body itself"


def _said(value: object) -> str:
    return "nothing" if value is None else str(value)
