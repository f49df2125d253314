"""The four kinds of panel; each has a title, a description in both languages, a unit and named queries."""

from collections.abc import Sequence
from string import ascii_uppercase
from typing import Final, NamedTuple, TypeVar

from grafana_foundation_sdk.builders import common, prometheus, stat, timeseries
from grafana_foundation_sdk.builders import heatmap as heatmaps
from grafana_foundation_sdk.builders import table as tables
from grafana_foundation_sdk.builders.dashboard import DashboardLink, ThresholdsConfig
from grafana_foundation_sdk.cog.builder import Builder
from grafana_foundation_sdk.models import common as kinds
from grafana_foundation_sdk.models.dashboard import (
    DashboardLinkType,
    DataSourceRef,
    DataTransformerConfig,
    DynamicConfigValue,
    Panel,
    Threshold,
    ThresholdsMode,
)
from grafana_foundation_sdk.models.heatmap import HeatmapColorMode
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

from deploy.monitoring.dashboards.query import Query

PROMETHEUS: Final = DataSourceRef(type_val="prometheus", uid="prometheus")
AnyPanel = Builder[Panel]
Kind = TypeVar("Kind", timeseries.Panel, stat.Panel, tables.Panel, heatmaps.Panel)


class Words(NamedTuple):
    """What a panel is called and what it shows."""

    title: str
    english: str
    chinese: str


class Limits(NamedTuple):
    """From where on a number is yellow, and red; with `red` below `yellow` low is bad."""

    yellow: float
    red: float


def graph(words: Words, unit: str, *queries: Query, width: int = 8, stacked: bool = False) -> AnyPanel:
    """Lines over time."""
    panel = timeseries.Panel().height(8).line_width(1).fill_opacity(10).axis_soft_min(0)
    panel = panel.show_points(kinds.VisibilityMode.NEVER).span_nulls(False)
    panel = panel.legend(common.VizLegendOptions().show_legend(True).placement(kinds.LegendPlacement.BOTTOM))
    panel = panel.tooltip(common.VizTooltipOptions().mode(kinds.TooltipDisplayMode.MULTI))
    if stacked:
        panel = panel.stacking(common.StackingConfig().mode(kinds.StackingMode.NORMAL))
    return _told(panel, words, unit, width).targets([_target(query, at) for at, query in enumerate(queries)])


def tile(words: Words, unit: str, query: Query, limits: Limits | None = None, width: int = 4) -> AnyPanel:
    """One number per line of the answer, as it is now."""
    panel = stat.Panel().height(4).graph_mode(kinds.BigValueGraphMode.NONE)
    panel = panel.color_mode(kinds.BigValueColorMode.VALUE).thresholds(_steps(limits))
    panel = panel.reduce_options(common.ReduceDataOptions().calcs(["lastNotNull"]).values(False))
    return _told(panel, words, unit, width).with_target(_target(query, 0).instant())


def heatmap(words: Words, unit: str, query: Query, width: int = 12) -> AnyPanel:
    """A histogram over time: how often each duration was met."""
    panel = heatmaps.Panel().height(8).calculate(False)
    panel = panel.color(heatmaps.HeatmapColorOptions().mode(HeatmapColorMode.SCHEME).scheme("Oranges").steps(64))
    panel = panel.y_axis(heatmaps.YAxisConfig().unit(unit).axis_placement(kinds.AxisPlacement.LEFT))
    target = _target(query, 0).format(PromQueryFormat.HEATMAP)
    return _told(panel, words, unit, width).with_target(target)


def table(words: Words, unit: str, key: str, *queries: Query, width: int = 12, link: str = "") -> AnyPanel:
    """One row per value of the label `key`, one column per query; `link` leads from a row to another dashboard."""
    panel = _told(tables.Panel().height(8), words, unit, width)
    panel = panel.targets(
        [_target(query, at).instant().format(PromQueryFormat.TABLE) for at, query in enumerate(queries)]
    )
    for transformation in _joined(queries):
        panel = panel.with_transformation(transformation)
    for query in queries:
        panel = panel.override_by_name(query.legend, [DynamicConfigValue("unit", query.unit or unit)])
    if link:
        row = f"{link}?var-{key}=${{__data.fields.{key}}}&${{__url_time_range}}"
        panel = panel.data_links([DashboardLink(f"Show {key}").type(DashboardLinkType.LINK).url(row)])
    return panel


def _joined(queries: Sequence[Query]) -> list[DataTransformerConfig]:
    """A table of one query calls its column `Value`, one of several `Value #A` and so on."""
    names = ["Value"] if len(queries) == 1 else [f"Value #{ascii_uppercase[at]}" for at in range(len(queries))]
    renamed = {name: query.legend for name, query in zip(names, queries, strict=True)}
    organize = {"excludeByName": {"Time": True}, "indexByName": {}, "renameByName": renamed}
    return [DataTransformerConfig("merge", options={}), DataTransformerConfig("organize", options=organize)]


def _told(panel: Kind, words: Words, unit: str, width: int) -> Kind:
    described = panel.title(words.title).description(f"{words.english} / {words.chinese}")
    return described.unit(unit).span(width).datasource(PROMETHEUS)


def _target(query: Query, at: int) -> prometheus.Dataquery:
    target = prometheus.Dataquery().expr(query.expr).ref_id(ascii_uppercase[at]).datasource(PROMETHEUS)
    target = target.legend_format(query.legend or "__auto")
    return target.exemplar(True) if query.exemplars else target


def _steps(limits: Limits | None) -> ThresholdsConfig:
    if limits is None:
        steps = [Threshold(None, "text")]
    elif limits.red < limits.yellow:
        steps = [Threshold(None, "red"), Threshold(limits.red, "yellow"), Threshold(limits.yellow, "green")]
    else:
        steps = [Threshold(None, "green"), Threshold(limits.yellow, "yellow"), Threshold(limits.red, "red")]
    return ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(steps)
