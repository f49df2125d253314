"""What the demonstration shows: each event on its way from the service that published it to those who hear of it."""

from io import StringIO

from rich.console import Console

from shared.operations.demo_display import Display, Routes
from shared.operations.stories.finding import Finding
from shared.web.service import installed_services


def shown() -> tuple[Display, StringIO]:
    """A display and what it writes."""
    written = StringIO()
    return Display(Routes(installed_services()), "S1", 13, Console(file=written, width=160)), written


def test_an_event_is_shown_with_everybody_who_hears_of_it() -> None:
    display, written = shown()

    display.event(
        {
            "type": "sunmao.partnership.need.posted.v1",
            "source": "/sunmao/partnership",
            "time": "2026-11-25T07:00:00.250+08:00",
        }
    )

    assert "07:00:00.250  need.posted 需求已发布  partnership → notify.inbox, talent.match, notify.feed" in (
        written.getvalue()
    )


def test_a_notification_is_shown_with_its_template_and_its_party() -> None:
    display, written = shown()

    display.event(
        {
            "type": "sunmao.notify.notification.delivered.v1",
            "source": "/sunmao/notify",
            "time": "2026-11-25T07:00:00.250+08:00",
            "data": {"template": "need_posted", "recipient": "role:enterprise_admin@org_1"},
        }
    )

    assert "need_posted → role:enterprise_admin@org_1" in written.getvalue()


def test_findings_say_whether_they_hold() -> None:
    display, written = shown()

    display.findings([Finding("one", True, "1"), Finding("two", False, "2"), Finding("three", None, "3")])

    rows = [line for line in written.getvalue().splitlines() if "│" in line]
    assert [row.split("│")[1].strip() for row in rows] == ["✓", "✗", "–"]
