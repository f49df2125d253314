"""The door of a service: asks the verifier who holds the bearer token, and the route whether they may come in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, FastAPI, Request

from shared.identity.access import Access
from shared.identity.principal import Principal
from shared.identity.refusals import IssuerUnavailable, Reason, RoleNotAllowed, Unauthenticated
from shared.identity.tokens import Verifier


@dataclass(frozen=True, slots=True)
class Gate:
    """What every route of one service is guarded by; `refused` is told the reason of each refusal, to count it."""

    verifier: Verifier
    refused: Callable[[str], None]

    async def admit(self, authorization: str | None, access: Access) -> Principal:
        """The caller, in the role in which the route lets them in.

        Raises `Unauthenticated` (401), `IssuerUnavailable` (503) or `RoleNotAllowed` (403).
        """
        try:
            return access.admit(await self.verifier.verify(_bearer(authorization)))
        except (Unauthenticated, IssuerUnavailable, RoleNotAllowed) as refusal:
            self.refused(refusal.reason.value)
            raise


def install(app: FastAPI, verifier: Verifier, refused: Callable[[str], None]) -> None:
    """Put the gate before every route of the application that an `AccessRouter` declared."""
    app.state.gate = Gate(verifier, refused)


def gate_of(app: FastAPI) -> Gate:
    """The application's gate. Raises `RuntimeError` when `install` was not called."""
    gate: Gate | None = getattr(app.state, "gate", None)
    if gate is None:
        raise RuntimeError("This application has no gate; call shared.identity.gate.install(app, ...) in main.")
    return gate


def current_principal(request: Request) -> Principal:
    """The caller whom the route let in. Raises `RuntimeError` on a public route, where nobody was asked."""
    who: Principal | None = getattr(request.state, "who", None)
    if who is None:
        raise RuntimeError("A public route knows no caller; declare access=allow(...) to ask for one.")
    return who


Who = Annotated[Principal, Depends(current_principal)]


def _bearer(authorization: str | None) -> str:
    if not authorization:
        raise Unauthenticated(Reason.MISSING)
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated(Reason.MALFORMED)
    return token.strip()
