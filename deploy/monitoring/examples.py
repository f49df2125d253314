"""The promtool unit tests: each alert on its two examples, each SLO on raw series, and burning where little happens."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from deploy.monitoring.rules import Alert, Example, Group
from deploy.monitoring.slos import SLOS, Slo

_LABEL: Final = re.compile(r"\{\{ \$labels\.(\w+) \}\}")
_LABELS: Final = re.compile(r"\{\{ \$labels \}\}")
_VALUE: Final = re.compile(r"\{\{ \$value[^}]* \}\}")


def alert_tests(groups: Iterable[Group]) -> list[dict[str, Any]]:
    """For each alert, one test in which it fires and one in which it does not."""
    alerts = [rule for group in groups for rule in group.rules if isinstance(rule, Alert)]
    return [test for alert in alerts for test in _both(alert)]


def _both(alert: Alert) -> list[dict[str, Any]]:
    told = {"exp_labels": _labels(alert), "exp_annotations": _annotations(alert)}
    # Watchdog is never silent.
    expected = [told] if alert.severity == "none" else []
    return [_looked(alert, alert.fires, "fires", [told]), _looked(alert, alert.silent, "is silent", expected)]


def _looked(alert: Alert, example: Example, verb: str, expected: list[dict[str, Any]]) -> dict[str, Any]:
    look = {"eval_time": example.at, "alertname": alert.name, "exp_alerts": expected}
    return {**_test(f"{alert.name} {verb}", example.series), "alert_rule_test": [look]}


def _labels(alert: Alert) -> dict[str, str]:
    return {**alert.fires.labels, **alert.all_labels()}


def _annotations(alert: Alert) -> dict[str, str]:
    return {name: _filled(text, alert.fires) for name, text in alert.annotations().items()}


def _filled(text: str, example: Example) -> str:
    text = _LABELS.sub(f"map[{' '.join(f'{name}:{value}' for name, value in sorted(example.labels.items()))}]", text)
    text = _LABEL.sub(lambda found: example.labels[found[1]], text)
    return _VALUE.sub(example.value, text)


def slo_tests() -> list[dict[str, Any]]:
    """For each SLO, raw series of which a known share goes wrong."""
    return [_counted(slo) for slo in SLOS]


def _counted(slo: Slo) -> dict[str, Any]:
    expected = {"labels": f'{{service="{_service(slo)}", slo="{slo.name}"}}', "value": slo.wrong}
    query = f'round(slo:error_ratio:5m{{slo="{slo.name}"}}, 0.001)'
    look = {"expr": query, "eval_time": "30m", "exp_samples": [expected]}
    return {**_test(f"{slo.name}: what goes wrong is counted", slo.raw), "promql_expr_test": [look]}


def _service(slo: Slo) -> str:
    return "notify" if slo.alert == "NotifySLO" else "training"


def quiet_tests() -> list[dict[str, Any]]:
    """Where little happens and all of it fails, nobody is woken."""
    guarded = [slo for slo in SLOS if slo.failures]
    return [{**_test(f"{slo.name}: hardly anything happens", _hardly(slo)), **_silence(slo)} for slo in guarded]


def _hardly(slo: Slo) -> Mapping[str, str]:
    labels = f'{{service="training", slo="{slo.name}"}}'
    return {f"slo:total:rate5m{labels}": "0.00001x200", f"slo:good:rate5m{labels}": "0x200"}


def _silence(slo: Slo) -> dict[str, Any]:
    return {"alert_rule_test": [{"eval_time": "2h", "alertname": slo.alert, "exp_alerts": []}]}


def _test(name: str, series: Mapping[str, str]) -> dict[str, Any]:
    inputs = [{"series": labelled, "values": values} for labelled, values in series.items()]
    return {"name": name, "interval": "1m", "input_series": inputs}
