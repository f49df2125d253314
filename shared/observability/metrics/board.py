"""The door to a process's numbers: gives each part its handle and tells them all to whoever scrapes."""

from collections.abc import Collection, Iterable, Sequence

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.exposition import choose_encoder

from shared.observability.metrics.consumer import ConsumerNumbers
from shared.observability.metrics.delivering import RosterNumbers
from shared.observability.metrics.edge import EdgeNumbers
from shared.observability.metrics.group import GroupNumbers
from shared.observability.metrics.labels import FirstComers, Known
from shared.observability.metrics.notifying import NotifyNumbers
from shared.observability.metrics.process import ProcessNumbers
from shared.observability.metrics.relay import RelayNumbers
from shared.observability.metrics.series import Series
from shared.observability.metrics.storing import StoreNumbers
from shared.observability.metrics.tally import TallyNumbers


class Metrics:
    """All series of one process in one registry; several services share it and differ by the label `service`.

    `event_types` are the wire names of the contracts; any other becomes `unknown`. Handles bind their labels once:
    ask for one when the part is built, not per event.
    """

    def __init__(self, registry: CollectorRegistry, *, event_types: Collection[str] = ()) -> None:
        self.registry = registry
        self._series = Series(registry)
        ProcessCollector(registry=registry)
        self._event_types = Known(event_types)
        self._error_types = FirstComers(60)
        self._routes = FirstComers(600)
        self._reasons = FirstComers(60)
        self._alerts = FirstComers(100)

    def running(self, *, version: str, commit: str) -> None:
        """Show as `sunmao_build_info` what runs."""
        self._series.build.info({"version": version, "commit": commit})

    def consumer(self, name: str) -> ConsumerNumbers:
        """For a consumer `<service>.<module>`."""
        return ConsumerNumbers(self._series, name, self._event_types, self._error_types)

    def group(self, service: str, name: str) -> GroupNumbers:
        """For a group `sunmao.<service>` in this process."""
        return GroupNumbers(self._series, service, name)

    def relay(self, service: str) -> RelayNumbers:
        """For the relay of a service."""
        return RelayNumbers(self._series, service, self._event_types, self._error_types)

    def edge(self, service: str) -> EdgeNumbers:
        """For a service's HTTP, identity and database."""
        return EdgeNumbers(self._series, service, self._routes, self._reasons)

    def process(self, service: str) -> ProcessNumbers:
        """For what a service's process is made of."""
        return ProcessNumbers(self._series, service)

    def notifying(self, service: str) -> NotifyNumbers:
        """For a service that notifies."""
        return NotifyNumbers(self._series, service, self._alerts)

    def store(self, service: str) -> StoreNumbers:
        """For the store of a service's documents."""
        return StoreNumbers(self._series, service)

    def rosters(self, service: str, kinds: Iterable[str]) -> RosterNumbers:
        """For the folder of a service's rosters, of these kinds."""
        return RosterNumbers(self._series, service, kinds)

    def tally(self, service: str, name: str, about: str, labels: Sequence[str]) -> TallyNumbers:
        """For a number that a service counts in its database; `sunmao_<name>`, with `service` before these labels."""
        return TallyNumbers(self._series, service, name, about, labels)

    def bootstrapped(self, service: str, projection: str, complete: bool) -> None:
        """Whether a projection has caught up with the state topics."""
        self._series.bootstrapped.labels(service, projection).set(complete)

    def expose(self, accept: str = "") -> tuple[bytes, str]:
        """The body and content type for one scrape; exemplars appear only to a scraper that accepts OpenMetrics."""
        encoder, content_type = choose_encoder(accept)
        return encoder(self.registry), content_type
