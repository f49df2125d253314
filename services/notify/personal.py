"""What notify holds of people: where they are reached, what they were told and reminded of, who answers for them."""

from typing import Final

from shared.personal.data_map import CONTACT, TEXT, Age, held, not_personal
from shared.personal.spine import data_map

PERSONAL: Final = data_map(
    "notify",
    held(
        "party", "address", party="id", removed=True, refs="id story", plain="preferences locale",
        fields={"addresses": CONTACT},
    ),
    held(
        "notification", "notification", party="recipient", removed=True, refs="recipient subject",
        plain="template event_class dedupe_key source_event_id counted late status due_at delivered_at read_at "
        "position",
        fields={"variables": TEXT}, age=Age(column="delivered_at"),
    ),
    held(
        "directory", "register", person="id", institution="organization_id", removed=True, refs="id organization_id",
        plain="kind region_code",
    ),
    held("sides", "contract_file", refs="sides"),
    held(
        "escalation", "reminder", person="owed_by", removed=True, refs="subject owed_by parties",
        plain="ladder obligation_kind week_no due_on taken next_on", age=Age(column="due_on",
        only={"next_on": (None,)}),
    ),
    held(
        "task", "reminder", refs="subject story parties concerns said",
        plain="task_kind service thing occasion since since_version due_on shows_on waits_from lapses_on begun "
        "begun_at ended is_open ended_at",
        elsewhere="purge_the_work_list",
    ),
    held(
        "delegation", "reminder", party="from_party", refs="from_party to_party made_by", removed=True,
        plain="organization_id starts_on ends_on ended_on", age=Age(column="ends_on"),
    ),
    held(
        "term", "reminder", person="id", removed=True, refs="id", plain="lasts due_on",
        elsewhere="the tombstone of what it is about",
    ),
    held(
        "feed", "transport", refs="subject story",
        plain="event_id source type sequence causation_id time attributes content_type payload received_at position",
        elsewhere="purge_the_feed",
    ),
    not_personal("numbering", "line position"),
)  # fmt: skip
