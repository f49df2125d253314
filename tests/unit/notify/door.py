"""Who comes to notify's door, and how."""

from typing import Final

from services.notify.domain.directory import Known
from shared.identity.principal import Principal
from shared.identity.refusals import Reason, Unauthenticated
from tests.unit.notify.world import ENTERPRISE, UNIVERSITY

TEACHER: Final = "tch_01KM4C37M0M9AH7HZ0YVNAG2HK"
COLLEAGUE: Final = "tch_01KM4C37M0M9AH7HZ0YVNAG2HA"


def person(role: str, organization_id: str, *persons: str) -> Principal:
    return Principal(subject=role, organization_id=organization_id, roles=frozenset({role}), persons=frozenset(persons))


PEOPLE: Final = {
    "admin_e": person("enterprise_admin", ENTERPRISE),
    "office_u": person("university_coop_office", UNIVERSITY),
    "hr_u": person("university_hr", UNIVERSITY),
    "teacher": person("teacher", UNIVERSITY, TEACHER),
    "office": Principal(subject="office", roles=frozenset({"alliance_office"})),
    "ops": Principal(subject="ops", roles=frozenset({"ops"})),
    "machine": Principal(subject="crm", scopes=frozenset({"events:read"})),
    "alertmanager": Principal(subject="alertmanager", scopes=frozenset({"alerts:write"})),
}


class Names:
    """A verifier to whom a token is a name."""

    async def verify(self, token: str) -> Principal:
        if token not in PEOPLE:
            raise Unauthenticated(Reason.SIGNATURE)
        return PEOPLE[token]


def by(name: str, **headers: str) -> dict[str, str]:
    return {"authorization": f"Bearer {name}", **headers}


KNOWN: Final = (
    Known(UNIVERSITY, 1, "university", UNIVERSITY),
    Known(ENTERPRISE, 1, "enterprise", ENTERPRISE),
    Known(TEACHER, 1, "teacher", UNIVERSITY),
    Known(COLLEAGUE, 1, "teacher", UNIVERSITY),
)
"""What the directory knows: the university, the enterprise and two teachers."""
