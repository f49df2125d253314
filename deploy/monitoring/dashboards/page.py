"""A dashboard: rows of panels under one address, with the same links, annotations and form for all."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from grafana_foundation_sdk.builders.dashboard import (
    AnnotationQuery,
    CustomVariable,
    Dashboard,
    DashboardLink,
    QueryVariable,
    Row,
)
from grafana_foundation_sdk.cog.builder import Builder
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import (
    DashboardCursorSync,
    DashboardLinkType,
    VariableModel,
    VariableOption,
    VariableRefresh,
    VariableSort,
)

from deploy.monitoring.dashboards.panel import PROMETHEUS, AnyPanel

TAG: Final = "sunmao"
_BUILD: Final = "max by (version, commit) (sunmao_build_info"
DEPLOYED: Final = f"{_BUILD}) unless {_BUILD} offset 5m)"
"""A version that did not run five minutes ago."""
SERVICES: Final = "label_values(http_server_active_requests, service)"


@dataclass(frozen=True, slots=True)
class Section:
    """One row with a title of its own."""

    title: str
    panels: Sequence[AnyPanel]


@dataclass(frozen=True, slots=True)
class Page:
    """One dashboard; `uid` is its address and its file's name, and never changes."""

    uid: str
    title: str
    english: str
    chinese: str
    sections: Sequence[Section]
    variables: Sequence[Callable[[], Builder[VariableModel]]] = ()


def as_json(page: Page) -> str:
    """What Grafana reads; panels have numbers in the order of the page."""
    built = _filled(page).build()
    for number, panel in enumerate(built.panels or [], start=1):
        panel.id_val = number
    model = json.loads(JSONEncoder().encode(built))
    return json.dumps(model, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def chosen_services() -> Builder[VariableModel]:
    """`$service`: one, several or all."""
    variable = QueryVariable("service").label("Service").datasource(PROMETHEUS).query(SERVICES)
    variable = variable.refresh(VariableRefresh.ON_TIME_RANGE_CHANGED).sort(VariableSort.ALPHABETICAL_ASC)
    return variable.multi(True).include_all(True).all_value(".+")


def demonstration() -> Builder[VariableModel]:
    """`$test`: what is real, unless somebody wants to see what `sunmao demo` left."""
    choices = {"real": "false", "demonstration": "true", "both": "true|false"}
    variable = (
        CustomVariable("test").label("Data").values(", ".join(f"{name} : {value}" for name, value in choices.items()))
    )
    variable = variable.options([VariableOption(value == "false", name, value) for name, value in choices.items()])
    return variable.current(VariableOption(True, "real", "false"))


def _filled(page: Page) -> Dashboard:
    dashboard = _begun(page)
    for variable in page.variables:
        dashboard = dashboard.with_variable(variable())
    for section in page.sections:
        dashboard = dashboard.with_row(Row(section.title))
        for panel in section.panels:
            dashboard = dashboard.with_panel(panel)
    return dashboard


def _begun(page: Page) -> Dashboard:
    dashboard = Dashboard(page.title).uid(page.uid).description(f"{page.english} / {page.chinese}").tags([TAG])
    dashboard = dashboard.readonly().time("now-1h", "now").refresh("30s").timezone("browser")
    dashboard = dashboard.tooltip(DashboardCursorSync.CROSSHAIR)
    return dashboard.link(_others()).annotation(_deployed())


def _others() -> DashboardLink:
    link = DashboardLink("Sunmao").type(DashboardLinkType.DASHBOARDS).tags([TAG])
    return link.as_dropdown(True).keep_time(True).include_vars(True)


def _deployed() -> AnnotationQuery:
    return AnnotationQuery().name("Deployed").datasource(PROMETHEUS).expr(DEPLOYED).enable(True).icon_color("blue")
