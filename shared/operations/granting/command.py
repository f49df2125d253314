"""`sunmao access`: our own users, each with exactly the rights that its code uses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from confluent_kafka.admin import AdminClient

from shared.messaging.security import Brokers, Mechanism
from shared.operations.access import (
    OPERATOR,
    WATCHER,
    Grant,
    grants_of,
    grants_of_operator,
    grants_of_watcher,
    user_of,
)
from shared.operations.administration import administrators_brokers, entitled, refusals_told
from shared.operations.granting import rights, users
from shared.operations.settings import SettingsError, own_secret, read_settings
from shared.web.service import installed_services

_OPERATIONS: Final = "operations"
_WATCHER: Final = "watcher"


class AccessDiffersError(SettingsError):
    """Users or rights are not what they must be."""


@dataclass(frozen=True, slots=True)
class _User:
    """One of ours. Without a password here, who it is is somebody else's business; its rights are ours all the same."""

    name: str
    password: str | None = field(repr=False)
    grants: Sequence[Grant]


def apply_access(environ: Mapping[str, str], *, check_only: bool = False) -> list[str]:
    """Make users, set passwords, give and take rights until all is as it must be; one line per change.

    With `check_only` nothing changes. Raises `AccessDiffersError` then, if anything would, and `SettingsError`.
    """
    brokers, mechanism = administrators_brokers(environ), read_settings(environ).kafka_sasl_mechanism
    wanted = list(_users(environ))
    admin = entitled(brokers)
    with refusals_told(brokers):
        access = _Access(admin, brokers, mechanism, users.known_users(admin), check_only)
        lines = [line for user in wanted for line in access.bring_about(user)]
    if check_only and lines:
        raise AccessDiffersError("; ".join(lines))
    return lines or [f"unchanged {user.name}" for user in wanted]


def shown_access(environ: Mapping[str, str]) -> Iterator[str]:
    """What each user must be allowed to do, for those who write it down elsewhere. Nothing is asked of Kafka."""
    for user in _users(environ):
        for binding in sorted(rights.bindings_of(user.name, user.grants)):
            yield f"{user.name} {rights.words(binding)}"


@dataclass(frozen=True, slots=True)
class _Access:
    admin: AdminClient
    brokers: Brokers
    mechanism: Mechanism
    known: set[str]
    check_only: bool

    def bring_about(self, user: _User) -> Iterator[str]:
        yield from self._password(user)
        wanted, found = rights.bindings_of(user.name, user.grants), rights.found(self.admin, user.name)
        missing, surplus = wanted - found, found - wanted
        if not self.check_only:
            rights.give(self.admin, missing)
            rights.take(self.admin, surplus)
        for what, bindings in ((self._word("gave", "missing"), missing), (self._word("took", "surplus"), surplus)):
            for binding in sorted(bindings):
                yield f"{what} {user.name}: {rights.words(binding)}"

    def _password(self, user: _User) -> Iterator[str]:
        if user.password is None:
            return
        if user.name not in self.known:
            yield f"{self._word('made', 'missing')} user {user.name}"
        elif users.fits(self.brokers, user.name, user.password, self.mechanism):
            return
        elif not self.check_only or self.brokers.credentials is not None:
            yield f"{self._word('set', 'differs:')} the password of {user.name}"
        if not self.check_only:
            users.set_password(self.admin, user.name, user.password, self.mechanism)

    def _word(self, done: str, seen: str) -> str:
        return seen if self.check_only else done


def _users(environ: Mapping[str, str]) -> Iterator[_User]:
    """Those of jobs and of exporters, and one for each service, with what `SUNMAO_<ITS NAME>_KAFKA_...` says of it."""
    yield _user(environ, _OPERATIONS, OPERATOR, grants_of_operator())
    yield _user(environ, _WATCHER, WATCHER, grants_of_watcher())
    for name, service in installed_services().items():
        yield _user(environ, name, user_of(name), grants_of(service))


def _user(environ: Mapping[str, str], owner: str, usual: str, grants: Sequence[Grant]) -> _User:
    name = own_secret(environ, "kafka_username", owner) or usual
    return _User(name, own_secret(environ, "kafka_password", owner) or None, grants)
