"""Learners' accounts in the credit bank."""

from typing import Annotated

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import Code, HalfCredits, Known
from shared.contracts.ids import AccountId, OrganizationId


class AccountBody(Body):
    """A learner's account in the credit bank."""

    account_id: AccountId
    person_id: Code
    university_id: OrganizationId


@named("training.account.opened", key="account_id")
class AccountOpened(AccountBody, Event):
    """A learner's account was opened."""


@named("training.account.state", key="account_id")
class AccountState(AccountBody, State):
    """An account as it is now. `balance` is the sum of its ledger, in half credits."""

    status: Annotated[str, Known("open", "closed")]
    balance: HalfCredits
