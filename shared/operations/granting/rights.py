"""Rights as Kafka keeps them: read, given and taken away. Only what allows is ours; a denial is left alone."""

from collections.abc import Iterable
from typing import Any, Final

from confluent_kafka.admin import (
    AclBinding,
    AclBindingFilter,
    AclOperation,
    AclPermissionType,
    AdminClient,
    ResourcePatternType,
    ResourceType,
)

from shared.operations.access import Grant
from shared.operations.administration import SECONDS

_ANYWHERE: Final = "*"
_USER: Final = "User:"


def bindings_of(user: str, grants: Iterable[Grant]) -> set[AclBinding]:
    """One for each operation of each grant, from wherever the user comes."""
    return {
        AclBinding(
            ResourceType[grant.resource.upper()],
            grant.name,
            ResourcePatternType[grant.pattern.upper()],
            f"{_USER}{user}",
            _ANYWHERE,
            AclOperation[operation.upper()],
            AclPermissionType.ALLOW,
        )
        for grant in grants
        for operation in grant.operations
    }


def found(admin: AdminClient, user: str | None = None) -> set[AclBinding]:
    """What a user may do; what anybody may, where none is named."""
    # None stands for any; the library's types know only names.
    any_name: Any = None
    asked = AclBindingFilter(
        ResourceType.ANY,
        any_name,
        ResourcePatternType.ANY,
        f"{_USER}{user}" if user else any_name,
        any_name,
        AclOperation.ANY,
        AclPermissionType.ALLOW,
    )
    return set(admin.describe_acls(asked, request_timeout=SECONDS).result(SECONDS))


def give(admin: AdminClient, bindings: Iterable[AclBinding]) -> None:
    """Let it be so from now on."""
    if wanted := sorted(bindings):
        for future in admin.create_acls(wanted, request_timeout=SECONDS).values():
            future.result(SECONDS)


def take(admin: AdminClient, bindings: Iterable[AclBinding]) -> None:
    """No longer."""
    if unwanted := [AclBindingFilter(*binding._to_tuple()) for binding in sorted(bindings)]:
        for future in admin.delete_acls(unwanted, request_timeout=SECONDS).values():
            future.result(SECONDS)


def user_in(binding: AclBinding) -> str:
    """Whose right it is."""
    return binding.principal.removeprefix(_USER)


def words(binding: AclBinding) -> str:
    """`read topic sunmao.partnership.events.v1`, with a star behind what is only the beginning of a name."""
    kind, pattern = ResourceType(binding.restype), ResourcePatternType(binding.resource_pattern_type)
    star = "*" if pattern is ResourcePatternType.PREFIXED else ""
    operation = AclOperation(binding.operation).name.lower()
    return f"{operation} {kind.name.lower()} {binding.name}{star}"
