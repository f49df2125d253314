"""`sunmao demo`: the platform comes up, its story is told and judged, and whoever watches can look around."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final, Literal, TypeVar

from shared.messaging.blame import is_outage
from shared.observability import logging
from shared.operations.addresses import EMBEDDED_PORT, Addresses
from shared.operations.demo_display import Display, Routes
from shared.operations.exits import Exit
from shared.operations.folder import Folder
from shared.operations.running import begin, build_town
from shared.operations.server import serve
from shared.operations.settings import Settings, SettingsError, read_settings
from shared.operations.stories.cast import OPERATIONS
from shared.operations.stories.catalogue import HEADLINE, STORIES, Story
from shared.operations.stories.feed import Feed
from shared.operations.stories.teller import NotCome
from shared.operations.visitor import AnswerError, Visitor
from shared.web.service import installed_services

T = TypeVar("T")
Edition = Literal["embedded", "distributed"]

MEASURED: Final = 100
_LAST_EVENTS_SECONDS: Final = 0.5


class Interrupted(Exception):
    """Somebody wants it to end before the story does."""


@dataclass(frozen=True, slots=True)
class Demo:
    """Which story is told, where the services are, where the run is kept, and what is asked for."""

    story: Story
    addresses: Addresses
    run: Path
    measure: bool
    display: Display

    async def show(self) -> bool:
        """Tell the story and say whether all that must hold does. Raises `NotCome` or `AnswerError`."""
        async with Visitor(self.addresses) as visitor:
            async with self._following(visitor):
                with self.display:
                    ending = await self.story.conduct(visitor, self.run, self.display)
                    ending.teller.diary.note(finished=True)
            self.display.findings(ending.findings)
            if self.measure:
                self.display.steps()
                if ending.measured is not None:
                    self.display.times((await ending.measured(MEASURED)).rows)
        return all(finding.holds is not False for finding in ending.findings)

    @asynccontextmanager
    async def _following(self, visitor: Visitor) -> AsyncIterator[None]:
        """Show every event as it arrives in the feed."""
        following = asyncio.create_task(self._follow(visitor, await Feed(visitor).position()))
        try:
            yield
        finally:
            following.cancel()
            with suppress(asyncio.CancelledError):
                await following

    async def _follow(self, visitor: Visitor, position: int) -> None:
        while True:
            # A stream that breaks off is read on from where it broke off.
            with suppress(AnswerError):
                token = await visitor.token(OPERATIONS.role)
                wanted = {"after": position}
                async for event in visitor.stream("notify", "/v1/events/stream", token=token, params=wanted):
                    if "feedposition" in event:
                        position = event["feedposition"]
                        self.display.event(event)
            await asyncio.sleep(_LAST_EVENTS_SECONDS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which story is to be told, whether the demo ends after it, and whether latencies are printed."""

    story: str = HEADLINE
    once: bool = False
    measure: bool = False


def run_demo(wanted: Wanted, *, against: bool, edition: Edition) -> int:
    """Tell a story; the exit code is 0 if all that it asserts holds.

    Embedded, the town comes up in this process and goes on serving unless `once`; distributed, servers and services
    are started beside it and stopped at the end; `against` uses services that run already.
    """
    if against:
        return asyncio.run(_against(edition, wanted))
    if edition == "distributed":
        return _launcher(edition)(wanted)
    return asyncio.run(_embedded(begin("sunmao", None), wanted))


def _launcher(edition: Edition) -> Callable[[Wanted], int]:
    """Whoever can start this edition here; neither the embedded edition nor an image is installed with what that needs.

    Raises `SettingsError` where nobody can.
    """
    try:
        launcher: Callable[[Wanted], int] = entry_points(group="sunmao.demos")[edition].load()
    except (KeyError, ModuleNotFoundError):
        raise SettingsError(
            f"nothing here can start the {edition} edition; use `make demo EDITION={edition}`, "
            "or `sunmao demo --against` where its services run already"
        ) from None
    return launcher


async def _against(edition: Edition, wanted: Wanted) -> int:
    addresses = Addresses.read({**os.environ, "SUNMAO_EDITION": edition})
    return await outcome(demo_of(wanted, addresses, Folder(read_settings(os.environ).home)))


async def _embedded(settings: Settings, wanted: Wanted) -> int:
    port = settings.port or EMBEDDED_PORT
    town = build_town(settings)
    address = f"http://{settings.host}:{port}"
    demo = demo_of(wanted, Addresses.embedded(address), town.folder)
    with town.folder.owned(), (town.folder.path / "demo.log").open("a", encoding="utf-8") as log:
        logging.configure("sunmao", settings.log_level, settings.log_format, stream=log, brief=is_outage)
        _require_free(settings.host, port)
        ready, over = asyncio.Event(), asyncio.Event()
        serving = asyncio.create_task(
            serve(
                town.app, settings.host, port, town.running(),
                ready=ready.set, over=over, stopping=town.say_stopping,
            )
        )  # fmt: skip
        try:
            await unless(over, ready.wait())
            code = await unless(over, outcome(demo))
            if not wanted.once and code == 0:
                demo.display.lines(*where_to_look(address, town.folder))
                await over.wait()
        except Interrupted:
            code = Exit.INTERRUPTED
        over.set()
        await serving
    return code


def demo_of(wanted: Wanted, addresses: Addresses, folder: Folder) -> Demo:
    """A demo that shows itself on this terminal, and keeps its run in this folder."""
    story = STORIES[wanted.story]
    display = Display(Routes(installed_services()), story.name.upper(), story.steps)
    return Demo(story, addresses, folder.run_of(story.name), wanted.measure, display)


async def outcome(demo: Demo) -> int:
    """The exit code of a demo; what went wrong is a sentence on the display."""
    try:
        return Exit.DONE if await demo.show() else Exit.FOUND
    except (NotCome, AnswerError) as error:
        demo.display.lines(
            "", f"The story stopped here: {error}", f"The next `sunmao demo {demo.story.name}` goes on from here."
        )
        return Exit.FOUND


async def unless(over: asyncio.Event, work: Awaitable[T]) -> T:
    """What the work answers. Raises `Interrupted`, and ends the work, once it is over."""
    working, ending = asyncio.ensure_future(work), asyncio.create_task(over.wait())
    await asyncio.wait({working, ending}, return_when=asyncio.FIRST_COMPLETED)
    ending.cancel()
    if working.done():
        return working.result()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    raise Interrupted


def where_to_look(address: str, folder: Folder) -> list[str]:
    """Lines that say what can be seen now."""
    usual = address == f"http://127.0.0.1:{EMBEDDED_PORT}"
    command = "sunmao" if usual else f"SUNMAO_URL={address} sunmao"
    story = folder.last_story() or ""
    return [
        "",
        f"{address}/  the story as a time line, and every inbox",
        *(f"{address}/{name}/docs  the API of {name}" for name in installed_services()),
        f"{command} events story {story}",
        f"{command} token --as alliance_office  (a token for the API pages)",
        f"Logs: {folder.path / 'demo.log'}. Ctrl-C ends it; the next demo tells a new story.",
    ]


def _require_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SettingsError(
                f"{host}:{port} cannot be listened on ({error.strerror}); choose another port with SUNMAO_PORT"
            ) from None
