"""What is computed once for alerts, SLOs and panels: who must be there, what the leaders say, how budgets burn."""

from collections.abc import Iterator
from typing import Final

from deploy.monitoring.rules import Group, Recording
from deploy.monitoring.slos import SLOS, WINDOW, Slo
from shared.contracts.registry import SERVICES

WINDOWS: Final = ("30m", "1h", "6h", "3d")
_SECONDS: Final = {"30m": 1800, "1h": 3600, "6h": 21600, "3d": 259200}

EXPECTED: Final = "service:sunmao_expected"
PENDING: Final = "service:sunmao_outbox_pending:leader"
AGE: Final = "service:sunmao_outbox_oldest_pending_age_seconds:leader"
PARKED: Final = "service:sunmao_outbox_parked:leader"
LETTERS: Final = "service_consumer:sunmao_dead_letters_open:leader"
LETTERS_AGE: Final = "service_consumer:sunmao_dead_letters_oldest_age_seconds:leader"
LAG: Final = "service_group:sunmao_consumer_lag:sum"


def led(series: str, *labels: str) -> str:
    """What whoever leads says: a replica that has lost the lead keeps showing what it last counted."""
    return (
        f"max by ({', '.join(('service', *labels))}) "
        f"({series} unless on (service, instance) (sunmao_outbox_relay_leader == 0))"
    )


STATE: Final = Group(
    "sunmao-state",
    [
        # A service whose processes are all gone has no series at all, and no comparison would be true of it.
        *(Recording(EXPECTED, "vector(1)", {"service": service}) for service in SERVICES),
        Recording(PENDING, led("sunmao_outbox_pending")),
        Recording(AGE, led("sunmao_outbox_oldest_pending_age_seconds")),
        Recording(PARKED, led("sunmao_outbox_parked")),
        Recording("service:sunmao_outbox_fresh:bool", f"{AGE} < bool 30"),
        Recording(LETTERS, led("sunmao_dead_letters_open", "consumer")),
        Recording(LETTERS_AGE, led("sunmao_dead_letters_oldest_age_seconds", "consumer")),
        Recording(LAG, "sum by (service, group) (sunmao_consumer_lag)"),
    ],
)


def _rates(slo: Slo) -> Iterator[Recording]:
    labels = {"slo": slo.name}
    yield Recording("slo:objective", f"vector({slo.objective})", labels)
    yield Recording("slo:total:rate5m", slo.total, labels)
    # Where everything fails, nothing good was ever counted, and its series is missing instead of 0.
    yield Recording("slo:good:rate5m", f"({slo.good})\nor ({slo.total}) * 0", labels)


def _over(window: str) -> list[Recording]:
    """Averages of the rates: each moment weighs as much as happened in it."""
    good, total = (f"avg_over_time(slo:{part}:rate5m[{window}])" for part in ("good", "total"))
    return [
        Recording(f"slo:error_ratio:{window}", f"1 - {good} / {total}"),
        Recording(f"slo:events:{window}", f"{total} * {_SECONDS[window]}"),
    ]


RATES: Final = Group(
    "sunmao-slo",
    [
        *(rule for slo in SLOS for rule in _rates(slo)),
        Recording("slo:error_ratio:5m", "1 - slo:good:rate5m / slo:total:rate5m"),
        *(rule for window in WINDOWS for rule in _over(window)),
    ],
)

BUDGETS: Final = Group(
    "sunmao-slo-budget",
    [
        Recording(
            f"slo:error_ratio:{WINDOW}",
            f"1 - avg_over_time(slo:good:rate5m[{WINDOW}]) / avg_over_time(slo:total:rate5m[{WINDOW}])",
        ),
        Recording(
            f"slo:error_budget_left:{WINDOW}",
            f"1 - slo:error_ratio:{WINDOW} / on (slo) group_left () (1 - slo:objective)",
        ),
    ],
    # Four weeks are many samples, and move slowly.
    interval="5m",
)
