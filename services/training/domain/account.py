"""A learner's account in the credit bank and its ledger: entries are only ever added, and their sum is the balance."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar, Self

from shared.contracts.training import AccountOpened, AccountState
from shared.errors import Conflict, Duplicate, State
from shared.kernel.aggregate import Aggregate


class AccountExists(Duplicate):
    """A person has one account."""

    en = "This person has an account already; use that one."
    zh = "该人员已有学分银行账户，请使用原账户。"


class LedgerDiffers(Conflict):
    """An account whose entries do not add up to its balance takes no further entry before somebody has looked at it."""

    en = "The entries of this account do not add up to its balance; have the platform's operators check it first."
    zh = "该账户明细合计与余额不符，请先由平台运维核查。"


class NothingToTakeBack(Conflict):
    """What is taken back was there."""

    en = "The account holds {balance} half credits; no more than that can be taken back."
    zh = "账户余额为 {balance} 个半学分，冲销不得超过余额。"


class AccountStatus(State):
    """Whether an account takes entries."""

    OPEN = "open", "正常", "open"


class EntryType(StrEnum):
    """Why an account changed: credits were converted, or a conversion was taken back."""

    CONVERT = "convert"
    REVOKE = "revoke"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry(Aggregate):
    """One line of an account's ledger, numbered from 1, never changed. Amounts are half credits."""

    kind: ClassVar[str] = "ledger_entry"
    account_id: str
    person_id: str
    university_id: str
    number: int
    entry_type: EntryType
    conversion_id: str
    half_credits: int
    balance_after: int
    entered_on: date

    @property
    def owners(self) -> frozenset[str]:
        """The learner and the university."""
        return frozenset({self.person_id, self.university_id})


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditAccount(Aggregate):
    """The account of one learner. `balance` is in half credits and is the sum of its `entry_count` entries."""

    kind: ClassVar[str] = "account"
    person_id: str
    university_id: str
    balance: int = 0
    entry_count: int = 0
    status: AccountStatus = AccountStatus.OPEN

    @classmethod
    def open(cls, id: str, *, person_id: str, university_id: str) -> tuple[Self, AccountOpened]:
        """Open a learner's account; it belongs to the learner's own story."""
        opened = cls(id=id, story=person_id, person_id=person_id, university_id=university_id)
        return opened, AccountOpened.model_validate(opened._told())

    @property
    def owners(self) -> frozenset[str]:
        """The learner and the university."""
        return frozenset({self.person_id, self.university_id})

    def enter(
        self, entry_type: EntryType, half_credits: int, *, conversion_id: str, earlier: Iterable[LedgerEntry], on: date
    ) -> tuple[Self, LedgerEntry]:
        """Add an entry after the `earlier` ones, which are all that the ledger holds of this account."""
        entries = tuple(earlier)
        if sum(entry.half_credits for entry in entries) != self.balance or len(entries) != self.entry_count:
            raise LedgerDiffers
        if self.balance + half_credits < 0:
            raise NothingToTakeBack(balance=self.balance)
        changed = replace(self, balance=self.balance + half_credits, entry_count=self.entry_count + 1)
        return changed, changed._entry(entry_type, half_credits, conversion_id, on)

    def state(self) -> AccountState:
        """The account as it is now."""
        now = {"status": self.status.value, "version": self.version, "balance": self.balance}
        return AccountState.model_validate({**self._told(), **now})

    def _entry(self, entry_type: EntryType, half_credits: int, conversion_id: str, on: date) -> LedgerEntry:
        return LedgerEntry(
            id=f"{self.id}/{self.entry_count:06d}",
            story=self.story,
            account_id=self.id,
            person_id=self.person_id,
            university_id=self.university_id,
            number=self.entry_count,
            entry_type=entry_type,
            conversion_id=conversion_id,
            half_credits=half_credits,
            balance_after=self.balance,
            entered_on=on,
        )

    def _told(self) -> dict[str, object]:
        return {"account_id": self.id, "person_id": self.person_id, "university_id": self.university_id}
