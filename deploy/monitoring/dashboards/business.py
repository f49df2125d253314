"""What the alliance achieves, counted in the services' databases once a minute; nothing here tells of a person."""

from collections.abc import Sequence
from typing import Final

from grafana_foundation_sdk.models import units

from deploy.monitoring.dashboards.page import Page, Section, demonstration
from deploy.monitoring.dashboards.panel import AnyPanel, Words, graph, tile
from deploy.monitoring.dashboards.query import Query, growth, or_zero, share
from deploy.monitoring.recording import led


def _counted(series: str, *labels: str, where: str = "") -> str:
    """How many there are, by the values of some labels, as whoever leads has counted."""
    return led(f'sunmao_{series}{{test=~"$test"{where}}}', *labels, "test")


def _by(series: str, label: str, *words: str) -> AnyPanel:
    """A number by one label, as stacked lines."""
    query = Query(or_zero(f"sum by ({label}) ({_counted(series, label)})"), f"{{{{{label}}}}}")
    return graph(Words(*words), units.Short, query, stacked=True)


def _part(series: str, label: str, value: str, *words: str) -> AnyPanel:
    """What share of a number has this value of the label."""
    those = _counted(series, label, where=f', {label}="{value}"')
    part = share(f"sum ({those})", f"sum ({_counted(series, label)})")
    return tile(Words(*words), units.PercentUnit, Query(or_zero(part), value), width=6)


_SUMMARY: Final[Sequence[AnyPanel]] = [
    _part("needs", "status", "fulfilled", "Needs fulfilled", "Share of all needs.", "已满足的需求占全部需求的比例。"),
    _part(
        "matches", "status", "confirmed", "Matches confirmed", "Share of all matches.", "双方确认的对接占全部的比例。"
    ),
    _part(
        "cohort_seats", "state", "taken", "Seats taken", "Share of the places of all cohorts.", "班级名额已占的比例。"
    ),
    _part(
        "credit_conversions",
        "status",
        "posted",
        "Conversions posted",
        "Share of all conversions.",
        "已入账的学分转换占比。",
    ),
]

_COOPERATION: Final[Sequence[AnyPanel]] = [
    _by("needs", "status", "Needs", "Needs of enterprises, by status.", "企业需求，按状态分。"),
    _by("matches", "status", "Matches", "Candidates for lines of needs, by status.", "供需对接，按状态分。"),
    _by("agreements", "status", "Agreements", "Agreements, by status.", "协议，按状态分。"),
    _by("organizations", "kind", "Organisations", "Organisations in the register, by kind.", "登记的机构，按类型分。"),
    _by("bases", "status", "Training bases", "Bases, by status.", "实训基地，按状态分。"),
    _by(
        "proposals",
        "status",
        "Proposals",
        "Candidates that were ranked for a line, by status.",
        "推荐的候选对象，按状态分。",
    ),
    _by("demands", "status", "Demands", "Needs as the matching sees them, by status.", "对接侧看到的需求，按状态分。"),
    _by("programmes", "status", "Programmes", "Programmes of study on offer, by status.", "专业，按状态分。"),
]

_TEACHING: Final[Sequence[AnyPanel]] = [
    _by("cohorts", "status", "Cohorts", "Order classes and other cohorts, by status.", "订单班等班级，按状态分。"),
    _by("cohort_seats", "state", "Places in cohorts", "Taken and free.", "班级名额：已占与空余。"),
    _by("practice_seats", "state", "Seats for practice", "Seats for teachers, taken and free.", "教师实践岗位名额。"),
    _by(
        "practice_periods",
        "status",
        "Teachers' practice",
        "Periods in enterprises, by status.",
        "教师企业实践，按状态分。",
    ),
    _by(
        "engagements",
        "status",
        "Engagements",
        "Technicians of enterprises who teach, by status.",
        "企业技术人员兼职任教，按状态分。",
    ),
    _by("special_post_seats", "state", "Special and mobile posts", "Taken and free.", "特聘岗与流动岗：已占与空余。"),
    _by("obligations", "status", "Obligations", "What teachers owe, by status.", "教师实践义务，按状态分。"),
    _by("placements", "status", "Internships", "Internships of students, by status.", "学生实习，按状态分。"),
    _by(
        "placement_logs",
        "status",
        "Weekly logs",
        "Logs of internships, by what their supervisors made of them.",
        "学生实习周志，按批阅状态分。",
    ),
    _by("incidents", "status", "Incidents", "Incidents of internships, by status.", "实习事件，按状态分。"),
    _by("credit_conversions", "status", "Conversions", "Conversions of credits, by status.", "学分转换，按状态分。"),
    graph(
        Words("Credit accounts", "Accounts of learners.", "学分账户数。"),
        units.Short,
        Query(or_zero(f"sum ({_counted('credit_accounts')})"), "accounts"),
    ),
]

_PAPERS: Final[Sequence[AnyPanel]] = [
    _by("erasures", "status", "Erasures", "Persons who asked to be erased, by status.", "个人信息删除请求，按状态分。"),
    _by("documents_kept", "kind", "Documents", "Documents that are kept, by kind.", "存管的材料，按种类分。"),
    graph(
        Words(
            "Rosters from the folder",
            "What became of the files that other systems put there.",
            "其他系统放入名册文件夹的文件的处理结果。",
        ),
        units.Short,
        Query(
            or_zero(growth("sunmao_roster_files_total", "kind", "outcome", over="$__rate_interval")),
            "{{kind}} {{outcome}}",
        ),
        stacked=True,
    ),
]

BUSINESS_PAGE: Final = Page(
    "sunmao-business",
    "Sunmao: the alliance",
    "Needs, agreements, teaching and credits of the whole alliance.",
    "全联盟的需求、协议、教学与学分。",
    [
        Section("At a glance", _SUMMARY),
        Section("Cooperation", _COOPERATION),
        Section("Teaching", _TEACHING),
        Section("Papers and persons", _PAPERS),
    ],
    variables=(demonstration,),
)
