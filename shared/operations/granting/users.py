"""Users as Kafka keeps them: by name, with a password that it does not give away again."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from confluent_kafka.admin import (
    AdminClient,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialAlteration,
    UserScramCredentialDeletion,
    UserScramCredentialUpsertion,
)

from shared.messaging.obstacles import obstacle
from shared.messaging.security import Brokers, Credentials, Mechanism
from shared.operations.administration import SECONDS
from shared.operations.settings import SettingsError

_ROUNDS: Final = 8192
_MECHANISMS: Final = {
    "SCRAM-SHA-512": ScramMechanism.SCRAM_SHA_512,
    "SCRAM-SHA-256": ScramMechanism.SCRAM_SHA_256,
}


def known_users(admin: AdminClient) -> set[str]:
    """Everybody who has a password."""
    described: Any = admin.describe_user_scram_credentials(request_timeout=SECONDS)
    return set(described.result(SECONDS))


def fits(brokers: Brokers, user: str, password: str, mechanism: Mechanism) -> bool:
    """Whether a user of this name gets in with it; the only way to compare, and none where nobody signs in."""
    if brokers.credentials is None:
        return False
    return asyncio.run(obstacle(replace(brokers, credentials=Credentials(user, password, mechanism)))) is None


def set_password(admin: AdminClient, user: str, password: str, mechanism: Mechanism) -> None:
    """From now on it is this one; connections that were let in by the old one stay. Raises `SettingsError`."""
    if mechanism not in _MECHANISMS:
        raise SettingsError(f"users for {mechanism} are in the brokers' own configuration, not in Kafka")
    info = ScramCredentialInfo(_MECHANISMS[mechanism], _ROUNDS)
    _alter(admin, [UserScramCredentialUpsertion(user, info, password.encode())])


def remove_user(admin: AdminClient, user: str) -> None:
    """Let nobody in by this name any more."""
    described: Any = admin.describe_user_scram_credentials([user], request_timeout=SECONDS)
    infos = described[user].result(SECONDS).scram_credential_infos
    _alter(admin, [UserScramCredentialDeletion(user, info.mechanism) for info in infos])


def _alter(admin: AdminClient, alterations: Sequence[UserScramCredentialAlteration]) -> None:
    for future in admin.alter_user_scram_credentials(list(alterations), request_timeout=SECONDS).values():
        future.result(SECONDS)
