"""That entries of several organisations are one and the same person, so that they count once. An office says so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from shared.contracts.ids import PREFIXES
from shared.errors import Invalid
from shared.kernel.aggregate import Aggregate


class NotOneKind(Invalid):
    """Teachers are linked with teachers, technicians with technicians."""

    en = "Name two or more different entries, all of teachers or all of technicians."
    zh = "请填写两条或以上不同的记录，且须同为教师或同为技师。"


class NobodyHere(Invalid):
    """Who is linked is known here."""

    en = "Some of these entries do not exist; name entries that are registered."
    zh = "部分记录不存在，请填写已登记的人员。"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLink(Aggregate):
    """Who an entry is: `id` is the teacher's or technician's, `identity_id` is shared by all that are one person."""

    kind: ClassVar[str] = "person_link"
    organization_id: str
    identity_id: str

    @property
    def owners(self) -> frozenset[str]:
        """The organisation that entered the person."""
        return frozenset({self.organization_id})

    @classmethod
    def alone(cls, person_id: str, organization_id: str) -> Self:
        """An entry that is nobody else yet."""
        return cls(id=person_id, story=person_id, organization_id=organization_id, identity_id=person_id)

    def separate(self) -> Self:
        """The entry is nobody else after all."""
        return replace(self, identity_id=self.id)


def require_one_kind(person_ids: Sequence[str]) -> str:
    """`teacher` or `technician`, whichever all of these are. Raises `NotOneKind`."""
    if len(set(person_ids)) > 1:
        for kind in ("teacher", "technician"):
            if all(person_id.startswith(f"{PREFIXES[kind]}_") for person_id in person_ids):
                return kind
    raise NotOneKind


def as_one(links: Iterable[PersonLink]) -> list[PersonLink]:
    """All of these entries as one person, known by the smallest of their ids."""
    links = list(links)
    identity_id = min(link.id for link in links)
    return [replace(link, identity_id=identity_id) for link in links]
