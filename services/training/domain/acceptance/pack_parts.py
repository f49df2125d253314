"""The parts of an acceptance pack, as the page and the paper show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from services.training.domain.acceptance.base_papers import BasePaper
from services.training.domain.acceptance.case import Offered, RuleSaid
from services.training.domain.acceptance.holes import Hole, HoleKind, Weight
from services.training.domain.agreement import Agreement, AgreementStatus
from services.training.domain.base_plan import BaseFunction, BaseKind
from services.training.domain.internship.post import Post
from services.training.domain.training_base import BaseStatus, TrainingBase
from shared.documents.checklist import Line, Standing
from shared.rules import Bilingual, Finding
from shared.words import Word, Worded, word_of


class OpenScope(Worded):
    """Whom a base is open to."""

    OWN = "own", "仅限本单位及参与方", "its own parties"
    ALLIANCE = "alliance", "联盟成员", "the alliance"
    REGION = "region", "本地区", "the region"
    PUBLIC = "public", "社会", "the public"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackBase:
    """What the base is."""

    name: str
    kind: Word
    status: Word
    partial: bool | None
    functions: tuple[Word, ...]
    industry_codes: tuple[str, ...]
    skills: tuple[str, ...]
    stations: int
    region_code: str
    open_scope: Word
    host_base_id: str | None

    @classmethod
    def of(cls, base: TrainingBase) -> Self:
        """The base, its codes named."""
        return cls(
            name=base.name,
            kind=word_of(BaseKind, base.base_kind),
            status=word_of(BaseStatus, base.status.value),
            partial=base.partial,
            functions=tuple(word_of(BaseFunction, function) for function in base.functions),
            industry_codes=base.industry_codes,
            skills=tuple(skill.name or skill.code for skill in base.skills),
            stations=base.stations,
            region_code=base.region_code,
            open_scope=word_of(OpenScope, base.open_scope),
            host_base_id=base.host_base_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PackParty:
    """An organisation of the base. `confirmed_on` is the day on which it first said that it takes part."""

    organization_id: str
    name: str | None
    industry_code: str | None
    operates: bool
    invited: bool
    confirmed: bool
    confirmed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackAgreement:
    """The agreement behind it. Of one that has not arrived here yet only the id is known."""

    agreement_id: str
    status: Word | None
    starts_on: date | None
    ends_on: date | None
    need_id: str | None

    @classmethod
    def of(cls, agreement_id: str, agreement: Agreement | None) -> Self:
        """The agreement, as far as it is known."""
        return cls(
            agreement_id=agreement_id,
            status=word_of(AgreementStatus, agreement.status.value) if agreement else None,
            starts_on=agreement.starts_on if agreement else None,
            ends_on=agreement.ends_on if agreement else None,
            need_id=agreement.need_id if agreement else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRule:
    """What a rule says, of which facts; and the decision on it that was kept last."""

    finding: Finding
    facts: Mapping[str, Any]
    decision_id: str | None
    decided_on: date | None

    @classmethod
    def of(cls, said: RuleSaid) -> Self:
        """What a rule says."""
        decided = said.decided
        return cls(
            finding=said.finding,
            facts=said.facts,
            decision_id=decided.id if decided else None,
            decided_on=decided.on if decided else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPaper:
    """A paper that the base needs, and how it stands with it."""

    kind: Word
    standing: Word
    rule: str | None
    number: str | None
    valid_to: date | None
    document_id: str | None

    @classmethod
    def of(cls, line: Line) -> Self:
        """A line of the checklist."""
        held = line.held
        return cls(
            kind=word_of(BasePaper, line.needed.kind),
            standing=word_of(Standing, line.standing.value),
            rule=line.needed.rule,
            number=held.number if held else None,
            valid_to=held.valid_to if held else None,
            document_id=held.document_id if held else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPost:
    """An open post, and how many interns are on it."""

    post_id: str
    enterprise_id: str
    title: str
    occupation_code: str
    site: str
    places: int
    present: int

    @classmethod
    def of(cls, post: Post, present: int) -> Self:
        """A post."""
        return cls(
            post_id=post.id,
            enterprise_id=post.enterprise_id,
            title=post.title,
            occupation_code=post.occupation_code,
            site=post.site,
            places=post.places,
            present=present,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPosts:
    """The open posts: how many, how many places they have together, and as many of them as are listed."""

    posts: int
    places: int
    listed: tuple[PackPost, ...]

    @classmethod
    def of(cls, offered: Offered) -> Self:
        """The posts that are offered."""
        listed = tuple(PackPost.of(post, offered.present.get(post.id, 0)) for post in offered.listed)
        return cls(posts=offered.posts, places=offered.places, listed=listed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What the base has been used for: how many of each status."""

    placements: tuple[tuple[Word, int], ...]
    cohorts: tuple[tuple[Word, int], ...]
    trainees: int
    practices: tuple[tuple[Word, int], ...]
    verified_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackHole:
    """Something that is open, its codes named."""

    kind: Word
    weight: Word
    subject: str
    said: Bilingual

    @classmethod
    def of(cls, hole: Hole) -> Self:
        """A hole."""
        kind, weight = word_of(HoleKind, hole.kind.value), word_of(Weight, hole.weight.value)
        return cls(kind=kind, weight=weight, subject=hole.subject, said=hole.said)
