"""`sunmao subscribers`: other systems that read from Kafka. Who is one stands in Kafka alone, by a right to groups."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from confluent_kafka.admin import AclBinding, AdminClient, ResourcePatternType, ResourceType

from shared.messaging.security import Brokers
from shared.operations.access import SubscriberError, grants_of_subscriber
from shared.operations.administration import administrators_brokers, entitled, refusals_told
from shared.operations.granting import rights, users
from shared.operations.settings import SettingsError, read_settings

_BYTES: Final = 32


def add_subscriber(environ: Mapping[str, str], name: str, types: Sequence[str]) -> list[str]:
    """Let a system read what carries these types, as a user of that name in groups that begin with it.

    One that is there already gets a new password and the rights to these types alone. Raises `SettingsError`.
    """
    try:
        wanted = rights.bindings_of(name, grants_of_subscriber(name, types))
    except SubscriberError as error:
        raise SettingsError(str(error)) from None
    brokers, mechanism = administrators_brokers(environ), read_settings(environ).kafka_sasl_mechanism
    admin, password = entitled(brokers), secrets.token_urlsafe(_BYTES)
    with refusals_told(brokers):
        found = rights.found(admin, name)
        if name in users.known_users(admin) and name not in _subscribers(found):
            raise SettingsError(f"{name} is a user of Kafka already, and no subscriber")
        users.set_password(admin, name, password, mechanism)
        rights.give(admin, wanted - found)
        rights.take(admin, found - wanted)
    return [*_told(brokers, name, password), f"sasl.mechanism     {mechanism}", *_readable(wanted)]


def remove_subscriber(environ: Mapping[str, str], name: str) -> list[str]:
    """Let it in no more. Connections that it holds are refused with their next request. Raises `SettingsError`."""
    brokers = administrators_brokers(environ)
    admin = entitled(brokers)
    with refusals_told(brokers):
        found = rights.found(admin, name)
        if name not in _subscribers(found):
            raise SettingsError(f"{name} is no subscriber; `sunmao subscribers list` shows who is")
        if name in users.known_users(admin):
            users.remove_user(admin, name)
        # Its rights go last: by them it is known as a subscriber, should this be cut short.
        rights.take(admin, found)
    return [f"removed {name}", *(f"took {name}: {rights.words(binding)}" for binding in sorted(found))]


def shown_subscribers(environ: Mapping[str, str]) -> Iterator[str]:
    """Every subscriber, with the topics that it may read. Raises `SettingsError`."""
    brokers = administrators_brokers(environ)
    admin: AdminClient = entitled(brokers)
    with refusals_told(brokers):
        found = rights.found(admin)
    for name in sorted(_subscribers(found)):
        yield f"{name} {', '.join(_topics({one for one in found if rights.user_in(one) == name}))}"


def _subscribers(bindings: set[AclBinding]) -> set[str]:
    """Whose right to groups is that to those of its own name."""
    return {name for binding in bindings if _is_group(binding, name := rights.user_in(binding))}


def _is_group(binding: AclBinding, name: str) -> bool:
    prefixed = binding.resource_pattern_type is ResourcePatternType.PREFIXED
    return binding.restype is ResourceType.GROUP and prefixed and binding.name == f"{name}."


def _topics(bindings: set[AclBinding]) -> list[str]:
    return sorted({binding.name for binding in bindings if binding.restype is ResourceType.TOPIC})


def _told(brokers: Brokers, name: str, password: str) -> Iterator[str]:
    """What the subscriber must configure, under the names that Kafka's clients have for it."""
    yield f"bootstrap.servers  {','.join(brokers.bootstrap)}"
    yield f"security.protocol  {brokers.protocol}"
    yield f"sasl.username      {name}"
    yield f"sasl.password      {password}"


def _readable(bindings: set[AclBinding]) -> Iterator[str]:
    groups = [binding.name for binding in bindings if binding.restype is ResourceType.GROUP]
    yield f"group.id           {groups[0]}<anything>"
    for topic in _topics(bindings):
        yield f"topic              {topic}"
