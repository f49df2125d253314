"""What training shows the number of."""

from typing import Final

from services.training.storage import Table
from services.training.storage.calendar import LAST_KNOWN_YEAR
from shared.persistence.counting import how_many, sums
from shared.web.service import Tally

_TABLES: Final = Table.metadata.tables
_COHORT: Final = _TABLES["cohort"]
_SEATS: Final = _TABLES["practice_seats"]
_SPECIAL: Final = _TABLES["special_post"]

TALLIES: Final = (
    Tally("calendar_last_year", "The last year before the first whose holidays are not known", (), LAST_KNOWN_YEAR),
    Tally("bases", "Training bases", ("status", "test"), how_many(_TABLES["training_base"], "status")),
    Tally("cohorts", "Order classes and other cohorts", ("status", "test"), how_many(_COHORT, "status")),
    Tally(
        "cohort_seats",
        "Places in cohorts",
        ("state", "test"),
        sums(_COHORT, {"taken": _COHORT.c.enrolled, "free": _COHORT.c.planned - _COHORT.c.enrolled}),
    ),
    Tally(
        "practice_seats",
        "Seats for teachers' practice",
        ("state", "test"),
        sums(_SEATS, {"taken": _SEATS.c.taken, "free": _SEATS.c.seats - _SEATS.c.taken}),
    ),
    Tally("practice_periods", "Practice periods", ("status", "test"), how_many(_TABLES["practice"], "status")),
    Tally("engagements", "Engagements of technicians", ("status", "test"), how_many(_TABLES["engagement"], "status")),
    Tally(
        "special_post_seats",
        "Seats of special and mobile posts",
        ("state", "test"),
        sums(_SPECIAL, {"taken": _SPECIAL.c.taken, "free": _SPECIAL.c.seats - _SPECIAL.c.taken}),
    ),
    Tally("obligations", "Teachers' obligations", ("status", "test"), how_many(_TABLES["obligation"], "status")),
    Tally("placements", "Internships of students", ("status", "test"), how_many(_TABLES["placement"], "status")),
    Tally(
        "placement_logs", "Weekly logs of internships", ("status", "test"), how_many(_TABLES["placement_log"], "status")
    ),
    Tally("incidents", "Incidents of internships", ("status", "test"), how_many(_TABLES["incident"], "status")),
    Tally("erasures", "Erasures of persons", ("status", "test"), how_many(_TABLES["erasure"], "status")),
    Tally("credit_accounts", "Accounts of the credit bank", ("test",), how_many(_TABLES["account"])),
    Tally(
        "credit_conversions", "Conversions of credits", ("status", "test"), how_many(_TABLES["conversion"], "status")
    ),
)
