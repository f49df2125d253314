"""Log lines on standard error, ours and every library's alike, that carry the trace, event and correlation ids."""

import json
import logging
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal, TextIO

import orjson
import structlog
from opentelemetry import trace
from structlog.typing import EventDict, Processor, WrappedLogger

from shared.observability.flood import Flood
from shared.observability.masking import masked_field

LogFormat = Literal["json", "console"]
Brief = Callable[[BaseException], bool]
"""Whether of such an error the name is enough, for where it was met says nothing of its cause."""

_CHINA = timezone(timedelta(hours=8))

# Libraries that log through their own handlers unless told otherwise.
_ADOPTED = ("uvicorn", "aiokafka", "kafka", "faststream", "sqlalchemy")

_FLOODING = ("aiokafka", "kafka", "opentelemetry")

# Below WARNING these print statements with their parameters, or addresses with their queries.
_TALKATIVE = ("sqlalchemy.engine", "sqlalchemy.pool", "aiosqlite", "asyncpg", "httpx", "httpcore")


_FIRST = ("timestamp", "level", "logger", "service", "message")


class _Lines(logging.StreamHandler[TextIO]):
    """Our handler on the root logger, recognisable so that a second `configure` replaces it."""


def configure(
    service: str,
    level: str = "INFO",
    format: LogFormat = "json",
    *,
    stream: TextIO | None = None,
    flood: Flood | None = None,
    brief: Brief | None = None,
) -> None:
    """Route structlog and the standard library's loggers through one renderer; call it once, in `main`.

    `json` writes one object a line (timestamp in +08:00, level, logger, service, message, then the context);
    `console` is for people. `brief` says of which errors no traceback is written. A second call replaces the first.
    Call it after the libraries were imported and their loggers made: handlers that a library adds later are its own.
    """
    common = _common(service)
    _configure_structlog(common)
    lines = _Lines(stream or sys.stderr)
    lines.addFilter(flood or Flood(_FLOODING))
    lines.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=common, processors=_rendering(format, lines.stream, brief or _none)
        )
    )
    _install(lines, level)


def bind(
    *,
    event_id: str | None = None,
    correlation_id: str | None = None,
    consumer: str | None = None,
    request_id: str | None = None,
) -> AbstractContextManager[None]:
    """Give ids to every line written inside the block, by whatever logger; an outer block's come back."""
    ids = (
        ("event_id", event_id),
        ("correlation_id", correlation_id),
        ("consumer", consumer),
        ("request_id", request_id),
    )
    return _Bound({name: id for name, id in ids if id is not None})


class _Bound(AbstractContextManager[None]):
    """`structlog.contextvars.bound_contextvars` at a third of its cost, for this is around every event."""

    __slots__ = ("_ids", "_outer")

    def __init__(self, ids: dict[str, str]) -> None:
        self._ids = ids

    def __enter__(self) -> None:
        self._outer = structlog.contextvars.bind_contextvars(**self._ids)

    def __exit__(self, *_how: object) -> None:
        structlog.contextvars.reset_contextvars(**self._outer)


def _common(service: str) -> list[Processor]:
    def name_service(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
        line.setdefault("service", service)
        return line

    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        name_service,
        _name_trace,
        _stamp,
    ]


def _configure_structlog(common: list[Processor]) -> None:
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *common,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        # A cached logger would keep the first configuration for ever.
        cache_logger_on_first_use=False,
    )


def _rendering(format: LogFormat, stream: TextIO, brief: Brief) -> list[Processor]:
    ending: list[Processor] = [structlog.dev.ConsoleRenderer(colors=stream.isatty())]
    if format == "json":
        ending = [structlog.processors.EventRenamer("message"), _order, structlog.processors.JSONRenderer(_json)]
    return [
        _count_suppressed,
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        _shortening(brief),
        structlog.processors.format_exc_info,
        _mask,
        *ending,
    ]


def _install(lines: _Lines, level: str) -> None:
    root = logging.getLogger()
    for earlier in [handler for handler in root.handlers if isinstance(handler, _Lines)]:
        root.removeHandler(earlier)
    root.addHandler(lines)
    root.setLevel(level.upper())
    for name, logger in logging.Logger.manager.loggerDict.items():
        if isinstance(logger, logging.Logger) and name.partition(".")[0] in _ADOPTED:
            logger.handlers.clear()
            logger.propagate = True
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def _name_trace(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        line.setdefault("trace_id", f"{context.trace_id:032x}")
        line.setdefault("span_id", f"{context.span_id:016x}")
    return line


def _stamp(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    line["timestamp"] = datetime.now(UTC).astimezone(_CHINA).isoformat(timespec="milliseconds")
    return line


def _count_suppressed(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    suppressed = getattr(line.get("_record"), "suppressed", 0)
    if suppressed:
        line["suppressed"] = suppressed
    return line


def _shortening(brief: Brief) -> Processor:
    def shorten(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
        error = _error_of(line.get("exc_info"))
        if error is not None and brief(error):
            del line["exc_info"]
            line["error"] = type(error).__name__
        return line

    return shorten


def _error_of(told: object) -> BaseException | None:
    """The error of a line: the loggers tell it as itself, as a triple, or as being handled just now."""
    if isinstance(told, BaseException):
        return told
    return told[1] if isinstance(told, tuple) else sys.exc_info()[1] if told else None


def _none(_: BaseException) -> bool:
    return False


def _mask(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    return {key: masked_field(key, value) for key, value in line.items()}


def _order(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    return {key: line[key] for key in _FIRST if key in line} | dict(line)


def _json(line: object, **_: object) -> str:
    try:
        return orjson.dumps(line).decode()
    except orjson.JSONEncodeError:
        # Numbers beyond 64 bits and half a surrogate pair: the poison that a log line must be able to tell of.
        return json.dumps(line)
