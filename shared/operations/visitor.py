"""Somebody who calls the services over HTTP: the command line, and the stories that are told with it."""

import json
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Final, Self

import httpx

from shared.operations.addresses import Addresses

_ROLE_GRANT: Final = "urn:sunmao:grant:role"
_RENEW_SECONDS: Final = 60.0


class AnswerError(RuntimeError):
    """A service answered with a problem, or not at all; the text is for a person, `status` and `code` for a program."""

    def __init__(self, text: str, *, status: int | None = None, code: str | None = None) -> None:
        super().__init__(text)
        self.status = status
        self.code = code


class Visitor:
    """Calls in any role, with tokens of the local issuer, or with one token that was given."""

    def __init__(
        self, addresses: Addresses, *, token: str | None = None, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._addresses = addresses
        self._given = token
        self._tokens: dict[tuple[object, ...], tuple[str, float]] = {}
        self._client = httpx.AsyncClient(timeout=30, transport=transport)

    async def __aenter__(self) -> Self:
        """Begin."""
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Hang up."""
        await self._client.aclose()

    async def call(
        self, method: str, service: str, path: str, *, token: str | None = None, **more: Any
    ) -> httpx.Response:
        """Call a service. Raises `AnswerError` when it cannot be reached or does not answer with success."""
        url = self._addresses.services[service] + path
        headers = {**more.pop("headers", {}), **({"authorization": f"Bearer {token}"} if token else {})}
        try:
            answer = await self._client.request(method, url, headers=headers, **more)
        except httpx.HTTPError as error:
            raise AnswerError(f"{service} cannot be reached at {url}: {type(error).__name__}") from error
        if not answer.is_success:
            raise _refused(method, service, path, answer)
        return answer

    async def stream(self, service: str, path: str, *, token: str, **more: Any) -> AsyncIterator[dict[str, Any]]:
        """The `data` of server-sent events, as they come, as long as the service sends any. Raises `AnswerError`."""
        url = self._addresses.services[service] + path
        headers = {"authorization": f"Bearer {token}"}
        try:
            async with self._client.stream("GET", url, headers=headers, timeout=None, **more) as answer:
                if not answer.is_success:
                    await answer.aread()
                    raise _refused("GET", service, path, answer)
                async for line in answer.aiter_lines():
                    if line.startswith("data:") and (data := line[5:].strip()).startswith("{"):
                        yield json.loads(data)
        except httpx.HTTPError as error:
            raise AnswerError(f"the stream of {service} broke off at {url}: {type(error).__name__}") from error

    async def token(
        self, role: str, organization_id: str | None = None, persons: Sequence[str] = (), *, test: bool = False
    ) -> str:
        """A token for this role, kept until it is nearly over."""
        if self._given is not None:
            return self._given
        form = {"role": role, "organization": organization_id, "person": " ".join(persons), "test": test and "true"}
        return await self._granted({"grant_type": _ROLE_GRANT, **{k: v for k, v in form.items() if v}})

    async def _granted(self, form: Mapping[str, Any]) -> str:
        key = tuple(sorted((name, str(value)) for name, value in form.items()))
        token, until = self._tokens.get(key, ("", 0.0))
        if time.monotonic() < until - _RENEW_SECONDS:
            return token
        url = f"{self._addresses.issuer}/token"
        try:
            answer = await self._client.post(url, data=dict(form))
        except httpx.HTTPError as error:
            raise AnswerError(f"the issuer cannot be reached at {url}: {type(error).__name__}") from error
        if not answer.is_success:
            raise AnswerError(f"the issuer gives no token: {answer.text[:200]}")
        granted = answer.json()
        self._tokens[key] = (granted["access_token"], time.monotonic() + granted["expires_in"])
        return str(granted["access_token"])


def _refused(method: str, service: str, path: str, answer: httpx.Response) -> AnswerError:
    problem = _problem(answer)
    parts = (problem.get("code"), problem.get("detail"), *(problem.get("rule") or {}).values())
    said = " ".join(str(part) for part in parts if part) or answer.text[:200]
    faults = "".join(f"\n  {_fault(fault)}" for fault in problem.get("errors") or () if isinstance(fault, dict))
    text = f"{method} {path} of {service}: {answer.status_code} {said}{faults}"
    return AnswerError(text, status=answer.status_code, code=problem.get("code"))


def _fault(fault: Mapping[str, Any]) -> str:
    """One value or cell that does not fit, by where it stands."""
    cell = " ".join(str(part) for part in (fault.get("row"), fault.get("column")) if part)
    return f"{cell or fault.get('pointer')}: {fault.get('message')}"


def _problem(answer: httpx.Response) -> dict[str, Any]:
    try:
        problem = answer.json()
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}
