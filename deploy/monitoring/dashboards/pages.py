"""All dashboards, and the files that they become."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from deploy.monitoring.dashboards.business import BUSINESS_PAGE
from deploy.monitoring.dashboards.events import EVENTS_PAGE
from deploy.monitoring.dashboards.notifications import NOTIFICATIONS_PAGE
from deploy.monitoring.dashboards.overview import OVERVIEW_PAGE
from deploy.monitoring.dashboards.page import as_json
from deploy.monitoring.dashboards.requests import REQUESTS_PAGE
from deploy.monitoring.dashboards.servers import SERVERS_PAGE

PAGES: Final = (OVERVIEW_PAGE, REQUESTS_PAGE, EVENTS_PAGE, NOTIFICATIONS_PAGE, SERVERS_PAGE, BUSINESS_PAGE)
FOLDER: Final = Path("deploy/grafana/dashboards")


def files(root: Path) -> Mapping[Path, str]:
    """What each file of a checkout should hold."""
    return {root / FOLDER / f"{page.uid}.json": as_json(page) for page in PAGES}


def outdated(root: Path) -> list[Path]:
    """The files that hold something else, are missing, or belong to no dashboard."""
    wanted = files(root)
    stray = [path for path in sorted((root / FOLDER).glob("*.json")) if path not in wanted]
    return [path for path, text in wanted.items() if not path.exists() or path.read_text() != text] + stray


def write(root: Path) -> list[Path]:
    """Bring every file up to date and delete what belongs to no dashboard. Returns what changed."""
    wanted, changed = files(root), outdated(root)
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    for path in changed:
        path.write_text(wanted[path]) if path in wanted else path.unlink()
    return changed
