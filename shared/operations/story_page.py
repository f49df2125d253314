"""The page at the root of the embedded edition: the last story as a time line, and where to look next.

Everything that comes from an event is escaped; the page loads nothing and runs nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from html import escape
from itertools import groupby
from string import Template
from typing import Any, Final

from shared.contracts.fields import REGION_TIME
from shared.operations.story_words import Wording, event_in_words, role_in_words, service_in_words
from shared.shipped import shipped_text

Event = Mapping[str, Any]

_KNOWN: Final = frozenset({"partnership", "training", "talent", "notify"})
_DELIVERED: Final = "sunmao.notify.notification.delivered.v1"
_NOTHING_YET: Final = (
    '<p class="soft">还没有演示记录，请运行 <code>make demo</code>。'
    "Nothing was told here yet; run <code>make demo</code>.</p>"
)


def render_page(services: list[str], events: list[dict[str, Any]]) -> str:
    """The page for these services and the events of one story, oldest first, as the feed has them in JSON."""
    cards = "".join(_service_card(name) for name in services)
    return _template().substitute(services=cards, story=_story(events) if events else _NOTHING_YET)


def _story(events: Sequence[Event]) -> str:
    told = [event for event in events if event.get("type") != _DELIVERED]
    return "".join((_summary(events, len(told)), _time_line(told), _inboxes(events)))


def _summary(events: Sequence[Event], told: int) -> str:
    story = escape(str(events[0].get("correlationid", "")))
    begun, ended = _clock(events[0], "%Y-%m-%d %H:%M:%S"), _clock(events[-1], "%H:%M:%S")
    return (
        f'<p class="soft"><code>{story}</code> · {begun} – {ended} (+08:00) · '
        f"{told} 个业务事件，{len(events) - told} 条通知 · {told} events, {len(events) - told} notifications</p>"
    )


def _time_line(events: Sequence[Event]) -> str:
    groups = (list(group) for _, group in groupby(events, key=lambda event: (event.get("type"), event.get("actor"))))
    return f'<ol class="line">{"".join(map(_entry, groups))}</ol>'


def _entry(group: Sequence[Event]) -> str:
    first = group[0]
    service = _service_of(first)
    times = f'<span class="times">× {len(group)}</span>' if len(group) > 1 else ""
    subjects = _subjects(group)
    return (
        f'<li class="{_tone(service)}"><time>{_clock(first, "%H:%M:%S.%f")[:-3]}</time><span class="dot"></span>'
        f'<div class="entry"><div class="what">{_both(event_in_words(str(first.get("type", ""))))}{times}'
        f'<span class="tag">{escape(service)}</span></div><div class="who">{_who(first)}{subjects}</div></div></li>'
    )


def _subjects(group: Sequence[Event]) -> str:
    names = [f"<code>{escape(str(event.get('subject', '')))}</code>" for event in group]
    if len(names) == 1:
        return f" · {names[0]}"
    listed = "".join(f"<li>{name}</li>" for name in names)
    return f"<details><summary>{len(names)} 个对象 · {len(names)} subjects</summary><ul>{listed}</ul></details>"


def _who(event: Event) -> str:
    role, _, person = str(event.get("actor", "")).partition(":")
    said = role_in_words(role)
    # A local token without a person is named after its role and organisation, which says nothing new.
    named = f" <code>{escape(person)}</code>" if person and not person.startswith("local.") else ""
    return f"{escape(said.zh)} · {escape(said.en)}{named}"


def _inboxes(events: Iterable[Event]) -> str:
    counted: dict[str, int] = {}
    for party in _recipients(events):
        counted[party] = counted.get(party, 0) + 1
    rows = "".join(_inbox(party, number) for party, number in sorted(counted.items()))
    head = "<tr><th>收件人 · party</th><th>通知 · told</th><th>令牌 · token</th></tr>"
    return (
        '<h2>收件箱<small>The inboxes: <a href="/notify/docs">GET /notify/v1/inbox</a></small></h2>'
        f'<div class="scroll"><table>{head}{rows}</table></div>'
    )


def _inbox(party: str, number: int) -> str:
    kind, _, name = party.partition(":")
    role, _, organization = name.partition("@")
    command = f"sunmao token --as {role} --organization {organization}" if kind == "role" else _token_of_person(name)
    said = role_in_words(role if kind == "role" else _role_of_person(name))
    return (
        f"<tr><td>{escape(said.zh)} · {escape(said.en)}<br><code>{escape(party)}</code></td>"
        f'<td class="number">{number}</td><td><code>{escape(command)}</code></td></tr>'
    )


def _token_of_person(person: str) -> str:
    return f"sunmao token --as {_role_of_person(person)} --person {person}"


def _role_of_person(person: str) -> str:
    return "teacher" if person.startswith("tch_") else "student"


def _recipients(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        data = event.get("data")
        if event.get("type") == _DELIVERED and isinstance(data, Mapping):
            yield str(data.get("recipient", ""))


def _service_card(name: str) -> str:
    said = service_in_words(name)
    return (
        f'<a class="card {_tone(name)}" href="/{escape(name)}/docs"><b>{escape(said.zh)} {escape(name)}</b>'
        f"<span>/{escape(name)}/docs</span></a>"
    )


def _both(said: Wording) -> str:
    return f'<b>{escape(said.zh)}</b><span class="en">{escape(said.en)}</span>'


def _service_of(event: Event) -> str:
    return str(event.get("source", "")).rpartition("/")[2]


def _tone(service: str) -> str:
    return service if service in _KNOWN else "other"


def _clock(event: Event, form: str) -> str:
    """The event's time in the region, or nothing where it cannot be read."""
    try:
        return datetime.fromisoformat(str(event.get("time"))).astimezone(REGION_TIME).strftime(form)
    except ValueError:
        return ""


@cache
def _template() -> Template:
    return Template(shipped_text(__package__, "story_page.html"))
