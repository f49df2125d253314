"""Accounts of the credit bank over HTTP, with their statements."""

from datetime import date
from typing import Final

from services.training.api.access import WRITE
from services.training.api.view import Body, View
from services.training.commands.credit import OpenAccount
from services.training.domain.account import CreditAccount, LedgerEntry
from services.training.domain.student import Student
from services.training.handlers.account import open_account
from shared.contracts.ids import AccountId, StudentId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["accounts"])
_READ: Final = allow("university_academic_office", "university_hr", "student", "teacher", scope=None)


class OpenAccountBody(Body):
    """Whose account it is: a student's. Teachers' accounts come with their registration."""

    person_id: StudentId


class AccountView(View):
    """An account; `balance` is in half credits."""

    id: str
    person_id: str
    university_id: str
    balance: int
    status: str
    version: int


class EntryView(View):
    """One line of a ledger; amounts are half credits."""

    number: int
    entry_type: str
    half_credits: int
    balance_after: int
    conversion_id: str
    entered_on: date


class StatementView(View):
    """An account with its ledger, newest first; `next` is the cursor of the following page."""

    account: AccountView
    entries: list[EntryView]
    next: str | None = None


@router.post("/v1/accounts", status_code=201, access=allow("university_academic_office", scope=WRITE))
async def open_students_account(body: OpenAccountBody, edge: EdgeIn) -> AccountView:
    """Open a student's account."""
    command = OpenAccount(account_id=new_id("account"), student_id=body.person_id)
    return await edge.act(
        open_account,
        command,
        on=(Student, body.person_id),
        answer=AccountView.of,
        location="/v1/accounts/{id}",
    )


@router.get("/v1/accounts/{account_id}", access=_READ)
async def account(account_id: AccountId, edge: EdgeIn) -> AccountView:
    """One account."""
    return await edge.show(CreditAccount, account_id, AccountView.of)


@router.get("/v1/accounts", access=_READ)
async def accounts(edge: EdgeIn, page: PageIn, person_id: StudentId | None = None) -> Page[AccountView]:
    """The accounts that one may see."""
    return await edge.page(CreditAccount, page, AccountView.of, person_id=person_id)


@router.get("/v1/accounts/{account_id}/statement", access=_READ)
async def statement(account_id: AccountId, edge: EdgeIn, page: PageIn) -> StatementView:
    """An account with its ledger."""
    shown = await edge.show(CreditAccount, account_id, AccountView.of)
    entries = await edge.page(LedgerEntry, page, EntryView.of, account_id=account_id)
    return StatementView(account=shown, entries=entries.items, next=entries.next)
