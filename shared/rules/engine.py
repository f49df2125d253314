"""The rulebook of a service: every pack it has, checked against each other, asked by business date and jurisdiction."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

from shared.rules.jurisdiction import ALLIANCE, COUNTRY, PROVINCES, levels
from shared.rules.layering import layered
from shared.rules.pack import Pack, PackError
from shared.rules.rule import Rule, RuleShape

_ALWAYS_CHECKED = (f"{COUNTRY}/{ALLIANCE}", *(f"{COUNTRY}/{province}/{ALLIANCE}" for province in PROVINCES.values()))

_HIGHEST = frozenset({COUNTRY, ALLIANCE, *PROVINCES.values()})


class NotInForce(LookupError):
    """No pack in force on the business date names the rule for this jurisdiction."""


class Rulebook:
    """All packs of a service. Making one checks everything that can be checked beforehand and raises `PackError`.

    Each rule is checked for the country, every province, the alliance and every institution that has a pack, on
    every day on which a pack begins or ends. An institution inside a province is checked by `check`, which whoever
    enters its pack calls, for only they know where it lies.

    A version that names no end ends by itself on the day before the next version of its pack begins, for what was
    published is never written again.
    """

    def __init__(self, packs: Iterable[Pack], shapes: Iterable[RuleShape]) -> None:
        self._given = tuple(packs)
        self._packs = tuple(_ended(pack, self._given) for pack in self._given)
        self._shapes = {shape.id: shape for shape in shapes}
        # What the same packs say of a rule stays the same; there are few combinations of packs.
        self._rules: dict[tuple[str, tuple[str, ...]], Rule | None] = {}
        self._check_ids()
        _check_overlaps(self._packs)
        for jurisdiction in (*_ALWAYS_CHECKED, *self._institutions()):
            self.check(jurisdiction)

    def rule(self, id: str, on: date, jurisdiction: str) -> Rule:
        """The rule as it applies on this business date in this jurisdiction (a path such as `CN/CN-CQ/alliance`)."""
        rule = self._layered(id, self._in_force(on, jurisdiction))
        if rule is None:
            raise NotInForce(f"No pack names {id} for {jurisdiction} on {on}; {self._known_dates(id)}.")
        return rule

    def rule_of(self, id: str, references: Sequence[str]) -> Rule:
        """The rule as exactly these packs make it, the most general first, as a finding names them.

        Raises `NotInForce` where one of them is not installed here.
        """
        packs = {pack.reference: pack for pack in self._packs}
        if lost := [reference for reference in references if reference not in packs]:
            raise NotInForce(f"{', '.join(lost)} is not installed here.")
        rule = self._layered(id, [packs[reference] for reference in references])
        if rule is None:
            raise NotInForce(f"{', '.join(references) or 'No pack'} does not name {id}.")
        return rule

    @property
    def ids(self) -> tuple[str, ...]:
        """Every rule that the service applies, in order."""
        return tuple(sorted(self._shapes))

    @property
    def given(self) -> tuple[Pack, ...]:
        """Every pack as it was written."""
        return self._given

    @property
    def packs(self) -> tuple[Pack, ...]:
        """Every pack, each with the day on which it ends, if it does."""
        return self._packs

    def naming(self, id: str) -> tuple[Pack, ...]:
        """The packs that have a say in a rule, the most general and the oldest first."""
        named = [pack for pack in self._packs if pack.layer(id)]
        return tuple(sorted(named, key=lambda pack: (_depth(pack.jurisdiction), pack.effective_from)))

    def joined_by(self, *packs: Pack) -> "Rulebook":
        """The rulebook with more packs, held against all that there are. Raises `PackError`."""
        return Rulebook((*self._given, *packs), self._shapes.values())

    def check_everywhere(self, institution: str) -> None:
        """Check an institution as if it lay in any province, for it may move. Raises `PackError`."""
        for above in _ALWAYS_CHECKED:
            self.check(f"{above}/{institution}")

    def check(self, jurisdiction: str) -> None:
        """Layer every rule for this jurisdiction on every day on which something changes; raises `PackError`.

        What an institution's own packs do not name is as the level above it has it, which is checked there.
        """
        path = levels(jurisdiction)
        packs = [pack for pack in self._packs if pack.jurisdiction in path]
        own = {layer.id for pack in packs if pack.jurisdiction == path[-1] for layer in pack.rules}
        wanted = own if path[-1] not in _HIGHEST else self._shapes.keys()
        for on in sorted(set(_turning_days(packs))):
            in_force = self._in_force(on, jurisdiction)
            for id in sorted(wanted):
                layered(self._shapes[id], in_force)

    def _layered(self, id: str, packs: Sequence[Pack]) -> Rule | None:
        asked = (id, tuple([pack.reference for pack in packs]))
        if asked not in self._rules:
            self._rules[asked] = layered(self._shapes[id], packs)
        return self._rules[asked]

    def _in_force(self, on: date, jurisdiction: str) -> list[Pack]:
        return [
            pack
            for level in levels(jurisdiction)
            for pack in self._packs
            if pack.jurisdiction == level and pack.in_force(on)
        ]

    def _institutions(self) -> Iterator[str]:
        for institution in sorted({pack.jurisdiction for pack in self._packs} - _HIGHEST):
            yield f"{COUNTRY}/{ALLIANCE}/{institution}"

    def _known_dates(self, id: str) -> str:
        spans = [f"{pack.reference} from {pack.effective_from}" for pack in self._packs if pack.layer(id)]
        return f"it is named by {', '.join(spans)}"

    def _check_ids(self) -> None:
        for pack in self._packs:
            for layer in pack.rules:
                if layer.id not in self._shapes:
                    known = ", ".join(sorted(self._shapes))
                    raise PackError(
                        en=f"{pack.origin}: rule {layer.id}: unknown rule id; this service applies {known}.",
                        zh=f"{pack.origin}：规则 {layer.id}：没有此编号的规则，本服务适用 {known}。",
                    )
        unnamed = sorted(set(self._shapes) - {layer.id for pack in self._packs for layer in pack.rules})
        if unnamed:
            origins, ids = ", ".join(pack.origin for pack in self._packs), ", ".join(unnamed)
            raise PackError(
                en=f"{origins or 'no pack at all'}: rule {ids}: applied by the service and named by no pack.",
                zh=f"{origins or '无规则包'}：规则 {ids}：本服务适用，但没有规则包规定。",
            )


def _ended(pack: Pack, packs: Iterable[Pack]) -> Pack:
    if pack.effective_to is not None:
        return pack
    next_one = min(
        (other.effective_from for other in packs if _succeeds(other, pack)),
        default=None,
    )
    return pack if next_one is None else pack.model_copy(update={"effective_to": next_one - timedelta(days=1)})


def _succeeds(later: Pack, pack: Pack) -> bool:
    same = (later.pack, later.jurisdiction) == (pack.pack, pack.jurisdiction)
    return same and later.version > pack.version and later.effective_from > pack.effective_from


def _depth(jurisdiction: str) -> int:
    order = (COUNTRY, *PROVINCES.values(), ALLIANCE)
    return order.index(jurisdiction) if jurisdiction in order else len(order)


def _check_overlaps(packs: tuple[Pack, ...]) -> None:
    for one, other in combinations(packs, 2):
        if one.reference == other.reference:
            raise PackError(
                en=f"{other.origin}: {one.origin} is {one.reference} too; give one of them the next version.",
                zh=f"{other.origin}：{one.origin} 也是 {one.reference}，请将其一改为下一版本。",
            )
        if one.jurisdiction == other.jurisdiction and _share_a_day(one, other):
            _check_apart(one, other)


def _check_apart(one: Pack, other: Pack) -> None:
    shared_rules = sorted({rule.id for rule in one.rules} & {rule.id for rule in other.rules})
    if one.pack == other.pack or shared_rules:
        ids, where = ", ".join(shared_rules), one.jurisdiction
        raise PackError(
            en=f"{other.origin}: rule {ids or 'of any id'}: {other.reference} and {one.reference} of {one.origin} are "
            f"both in force for {where}; end one with effective_to before the other begins.",
            zh=f"{other.origin}：规则 {ids or '（全部）'}：{other.reference} 与 {one.origin} 的 {one.reference} "
            f"在 {where} 同时有效，请用 effective_to 使其一在另一个施行前终止。",
        )


def _share_a_day(one: Pack, other: Pack) -> bool:
    last = min(one.effective_to or date.max, other.effective_to or date.max)
    return max(one.effective_from, other.effective_from) <= last


def _turning_days(packs: Iterable[Pack]) -> Iterator[date]:
    for pack in packs:
        yield pack.effective_from
        if pack.effective_to is not None and pack.effective_to < date.max:
            yield pack.effective_to + timedelta(days=1)
