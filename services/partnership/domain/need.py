"""What an organisation looks for: posted, met line by line, withdrawn or expired."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar, Final, Self

from services.partnership.domain.need_line import Filling, LineStatus, NeedLine, NeedStatus, status_of
from services.partnership.domain.need_refusals import (
    ExpiredFromTheStart,
    LinesRepeat,
    NeedClosed,
    NoSuchLine,
    NotAmendable,
    NotWithdrawable,
    NotYourNeed,
    WrongNames,
)
from services.partnership.domain.need_terms import DetailChanges, NeedChanges, NeedDetails, NeedTerms, Visibility
from services.partnership.domain.partial import changed
from services.partnership.domain.period import end_of, require_in_order
from shared.contracts.partnership import (
    NeedAmended,
    NeedContracted,
    NeedExpired,
    NeedFulfilled,
    NeedPosted,
    NeedState,
    NeedWithdrawn,
)
from shared.kernel.aggregate import Aggregate
from shared.kernel.calendar import business_date

AMENDABLE: Final = frozenset({NeedStatus.POSTED, NeedStatus.MATCHING})
WITHDRAWABLE: Final = AMENDABLE | {NeedStatus.MATCHED}
CLOSED: Final = frozenset({NeedStatus.WITHDRAWN, NeedStatus.EXPIRED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Need(Aggregate):
    """A posted need. Its status follows from its lines until it is withdrawn or expires."""

    kind: ClassVar[str] = "need"
    organization_id: str
    lines: tuple[NeedLine, ...]
    starts_on: date
    ends_on: date
    region_code: str
    visibility: Visibility
    named_organization_ids: tuple[str, ...]
    details: NeedDetails
    status: NeedStatus
    posted_at: datetime
    expires_at: datetime

    @classmethod
    def post(cls, id: str, organization_id: str, terms: NeedTerms, *, at: datetime) -> tuple[Self, NeedPosted]:
        """Begin to look for something."""
        need = cls(
            id=id,
            story=id,
            organization_id=organization_id,
            lines=terms.lines,
            starts_on=terms.starts_on,
            ends_on=terms.ends_on,
            region_code=terms.region_code,
            visibility=terms.visibility,
            named_organization_ids=terms.named_organization_ids,
            details=terms.details,
            status=NeedStatus.POSTED,
            posted_at=at,
            expires_at=terms.expires_at or end_of(terms.ends_on),
        )
        need._check(at)
        return need, NeedPosted.model_validate(need._told())

    @property
    def owners(self) -> frozenset[str]:
        """Whoever posted it, and whom it names: these may read it, and are refused when they try to change it."""
        return frozenset({self.organization_id, *self.named_organization_ids})

    def amend(self, by: str, changes: NeedChanges, details: DetailChanges, *, at: datetime) -> tuple[Self, NeedAmended]:
        """Change what is looked for while nothing is matched yet."""
        self._require_owner(by)
        if self.status not in AMENDABLE:
            raise NotAmendable(status=self.status)
        amended = replace(changed(self, changes), details=changed(self.details, details))
        amended._check(at)
        return amended, NeedAmended.model_validate(amended._told())

    def withdraw(self, by: str, *, reason: str) -> tuple[Self, NeedWithdrawn]:
        """Look for it no longer."""
        self._require_owner(by)
        withdrawn = self._close(NeedStatus.WITHDRAWN)
        return withdrawn, NeedWithdrawn(need_id=self.id, organization_id=self.organization_id, reason=reason)

    def expire(self) -> tuple[Self, NeedExpired]:
        """Nobody met it in time."""
        expired = self._close(NeedStatus.EXPIRED)
        return expired, NeedExpired(need_id=self.id, organization_id=self.organization_id)

    def has_lapsed(self, at: datetime) -> bool:
        """Whether it is open, not contracted, and its time is over."""
        return self.status in WITHDRAWABLE and self.expires_at <= at

    @property
    def is_closed(self) -> bool:
        """Whether it was withdrawn or has expired."""
        return self.status in CLOSED

    def require_open(self) -> None:
        """Raise `NeedClosed` for a need that was withdrawn or has expired."""
        if self.is_closed:
            raise NeedClosed(status=self.status)

    def line(self, line_no: int) -> NeedLine:
        """The line of this number. Raises `NoSuchLine`."""
        for line in self.lines:
            if line.line_no == line_no:
                return line
        raise NoSuchLine(line_no=line_no)

    def lines_missing_from(self, other: Self) -> list[int]:
        """The numbers of the lines that the other does not have, or has of another kind."""
        kept = {(line.line_no, line.kind) for line in other.lines}
        return [line.line_no for line in self.lines if (line.line_no, line.kind) not in kept]

    def awaits(self, line_no: int) -> bool:
        """Whether somebody may still be proposed for this line."""
        waiting = {LineStatus.OPEN, LineStatus.MATCHED}
        lines = {line.line_no for line in self.lines if line.status in waiting}
        return not self.is_closed and line_no in lines

    def propose(self) -> Self:
        """Somebody could meet it: a posted need is matching from now on."""
        return replace(self, status=NeedStatus.MATCHING) if self.status is NeedStatus.POSTED else self

    def match_line(self, line_no: int) -> Self:
        """A match of this line was confirmed."""
        self.require_open()
        return self._with_line(line_no, NeedLine.match)

    def unmatch_line(self, line_no: int) -> Self:
        """The last confirmed match of this line fell."""
        return self._with_line(line_no, NeedLine.unmatch)

    def contract_line(self, line_no: int, agreement_id: str, *, on: date) -> tuple[Self, NeedContracted]:
        """An agreement for this line was signed."""
        self.require_open()
        contracted = self._with_line(line_no, lambda line: line.contract(agreement_id))
        return contracted, NeedContracted(
            need_id=self.id,
            organization_id=self.organization_id,
            line_no=line_no,
            agreement_id=agreement_id,
            days_to_contract=(on - business_date(self.posted_at)).days,
        )

    def reopen_line(self, line_no: int, agreement_id: str) -> Self:
        """The agreement that held this line ended before its start."""
        return self._with_line(line_no, lambda line: line.reopen(agreement_id))

    def fill_line(
        self, line_no: int, agreement_id: str, kind: str, filling: Filling
    ) -> tuple[Self, tuple[NeedFulfilled, ...]]:
        """Count what its agreement brought a line of this kind; the fact comes once, when the headcount is reached."""
        before = self.line(line_no)
        if (before.agreement_id, before.kind) != (agreement_id, kind):
            return self, ()
        filled = self._with_line(line_no, lambda line: line.fill(filling))
        after = filled.line(line_no)
        if after.status is before.status:
            return filled, ()
        fulfilled = NeedFulfilled(
            need_id=self.id,
            organization_id=self.organization_id,
            line_no=line_no,
            agreement_id=agreement_id,
            headcount_filled=after.headcount_filled,
        )
        return filled, (fulfilled,)

    def state(self) -> NeedState:
        """The need as it is now, as far as its visibility lets events tell."""
        return NeedState.model_validate(
            {**self._told(progress=True), "status": self.status.value, "version": self.version}
        )

    def _require_owner(self, organization_id: str) -> None:
        if organization_id != self.organization_id:
            raise NotYourNeed

    def _close(self, status: NeedStatus) -> Self:
        if self.status not in WITHDRAWABLE:
            raise NotWithdrawable(status=self.status)
        return replace(self, status=status)

    def _with_line(self, line_no: int, change: Callable[[NeedLine], NeedLine]) -> Self:
        changed_line = change(self.line(line_no))
        lines = tuple(changed_line if line.line_no == line_no else line for line in self.lines)
        status = self.status if self.is_closed else status_of(lines, was=self.status)
        return replace(self, lines=lines, status=status)

    def _check(self, at: datetime) -> None:
        require_in_order(self.starts_on, self.ends_on)
        if len({line.line_no for line in self.lines}) < len(self.lines):
            raise LinesRepeat
        if (self.visibility is Visibility.NAMED) != bool(self.named_organization_ids):
            raise WrongNames
        if self.expires_at <= at:
            raise ExpiredFromTheStart

    def _told(self, *, progress: bool = False) -> dict[str, object]:
        return {
            "need_id": self.id,
            "organization_id": self.organization_id,
            "lines": [line.told(progress=progress) for line in self.lines],
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "region_code": self.region_code,
            "visibility": self.visibility.value,
            "named_organization_ids": self.named_organization_ids,
            "expires_at": self.expires_at,
            **self.details.told(self.visibility),
        }
