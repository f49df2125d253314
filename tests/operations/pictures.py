"""Each dashboard as one HTML page that loads nothing, with what its panels showed: for a person to look at."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Final

from tests.operations.asking import Answer

WIDTH: Final = 420
HEIGHT: Final = 120
ROWS: Final = 12
COLOURS: Final = ("#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f")
STYLE: Final = (
    "body{font:14px sans-serif;margin:2em}main{display:flex;flex-wrap:wrap;gap:1em}"
    "section{border:1px solid #ccc;padding:.7em;width:440px}h2{font-size:1em;margin:0}p{color:#555;margin:.3em 0}"
    "code{font-size:11px;overflow-wrap:anywhere}td{padding:0 .6em 0 0}svg{background:#fafafa}"
)


def page(title: str, answers: Sequence[Answer]) -> str:
    """The whole dashboard."""
    panels: dict[int, list[Answer]] = {}
    for answer in answers:
        panels.setdefault(answer.panel["id"], []).append(answer)
    body = "".join(_panel(found) for found in panels.values())
    head = f'<!doctype html><meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
    return f"{head}<h1>{escape(title)}</h1><main>{body}</main>\n"


def _panel(answers: Sequence[Answer]) -> str:
    panel = answers[0].panel
    unit = panel["fieldConfig"]["defaults"]["unit"]
    head = f"<h2>{escape(panel['title'])} <small>({escape(unit)})</small></h2><p>{escape(panel['description'])}</p>"
    return f"<section>{head}{''.join(_answer(answer) for answer in answers)}</section>"


def _answer(answer: Answer) -> str:
    if not answer.lines:
        return f"<p><b>no answer</b></p><code>{escape(answer.query)}</code>"
    drawn = _graph(answer.lines) if any(len(line["values"]) > 1 for line in answer.lines) else ""
    return f"{drawn}{_rows(answer.lines)}<code>{escape(answer.query)}</code>"


def _graph(lines: Sequence[dict[str, Any]]) -> str:
    known = [(at, float(value)) for line in lines for at, value in line["values"]]
    begin, end = min(at for at, _ in known), max(at for at, _ in known)
    top = max(value for _, value in known)
    points_of = [_points(line["values"], begin, end, top or 1) for line in lines]
    drawn = "".join(
        f'<polyline fill="none" stroke="{COLOURS[turn % len(COLOURS)]}" points="{points}"/>'
        for turn, points in enumerate(points_of)
    )
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">{drawn}</svg><br>max {top:g}'


def _points(values: Iterable[tuple[float, str]], begin: float, end: float, top: float) -> str:
    across = WIDTH / max(end - begin, 1)
    return " ".join(
        f"{(at - begin) * across:.1f},{HEIGHT - float(value) / top * (HEIGHT - 4):.1f}" for at, value in values
    )


def _rows(lines: Sequence[dict[str, Any]]) -> str:
    rows = "".join(
        f'<tr><td style="color:{COLOURS[turn % len(COLOURS)]}">{escape(_name(line["metric"]))}'
        f"<td>{float(line['values'][-1][1]):.4g}"
        for turn, line in enumerate(lines[:ROWS])
    )
    more = f"<p>and {len(lines) - ROWS} more</p>" if len(lines) > ROWS else ""
    return f"<table>{rows}</table>{more}"


def _name(metric: dict[str, str]) -> str:
    return ", ".join(f"{label}={value}" for label, value in sorted(metric.items())) or "all"
