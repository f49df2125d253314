"""One campaign from beginning to end: people, a nemesis, healing, quiet, and the checker."""

import asyncio
import random
import time
from collections.abc import Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.failures.campaign.checker import Checker, Verdict
from tests.failures.campaign.counting import Counting
from tests.failures.campaign.desk import Desk
from tests.failures.campaign.installation import Installation
from tests.failures.campaign.journal import Journal
from tests.failures.campaign.narrowed import Narrowed
from tests.failures.campaign.nemesis import Nemesis
from tests.failures.campaign.probe import Probe
from tests.failures.campaign.report import Report
from tests.failures.campaign.unforeseen import unforeseen
from tests.failures.campaign.workload import Crowd
from tests.failures.campaign.workload.crowd import Size

_LAST_ANSWERS_SECONDS: Final = 120.0
_JUDGE_SECONDS: Final = 1200.0
_COUNT_EVERY: Final = 2.0
_LOOK_SECONDS: Final = 0.2
_AHEAD: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long it goes on: `seconds`, and until there were so many kills and events, but no longer than `limit`."""

    seed: int = 7
    seconds: float = 120
    kills: int = 0
    events: int = 0
    limit: float = 3600
    brokers: int = 1
    sabotage: str = ""
    faults: tuple[str, ...] = ()
    size: Size = field(default_factory=Size)
    pauses: tuple[float, float] = (0.2, 2.5)


@dataclass(slots=True)
class Progress:
    """How far it is: of this a progress bar is drawn. `events` were relayed, of those that were `told`."""

    phase: str = "starting"
    seconds: float = 0
    kills: int = 0
    events: int = 0
    told: int = 0
    commands: int = 0
    lurks: bool = False


Watch = Callable[[Progress], None]


class Campaign:
    """Runs a plan against an installation."""

    def __init__(self, installation: Installation, plan: Plan, watch: Watch, log: Path | None = None) -> None:
        self._installation = installation
        self._plan = plan
        self._watch = watch
        self._progress = Progress()
        self._journal = Journal()
        dice = random.Random(plan.seed)  # noqa: S311
        self._desk = Desk(installation.replicas, installation.issuer, self._journal, dice)
        self._probe = Probe(self._desk)
        self._log = log

    async def run(self) -> Report:
        """Start the installation, hurt it, heal it, judge it, stop it."""
        await self._installation.start()
        harmless = False
        try:
            report = await self._run()
            harmless = report.harm.none
            return report
        finally:
            await self._installation.stop(keep=not harmless)

    async def _run(self) -> Report:
        crowd = Crowd(self._desk, self._plan.size, self._is_ahead)
        async with self._desk:
            world = await crowd.settle()
            await self._probe.prepare(world)
            began, nemesis = time.monotonic(), self._nemesis()
            people = asyncio.create_task(crowd.run(world))
            counting = asyncio.create_task(self._count(began, nemesis))
            stuck = await self._hurt(nemesis, people)
            seconds = time.monotonic() - began
            counting.cancel()
            self._show("healing")
            await self._installation.heal()
            await self._last_answers(people)
        self._show("checking")
        verdict = await Checker(self._installation, self._journal).judge(_JUDGE_SECONDS)
        verdict.harm.each("unaccounted", stuck)
        return self._report(verdict, nemesis, seconds)

    async def _hurt(self, nemesis: Nemesis, people: "asyncio.Task[None]") -> list[str]:
        """Let the nemesis strike until the plan is fulfilled; what never recovered, in a sentence."""
        self._show("hurting")
        striking = asyncio.create_task(nemesis.run(self._is_over))
        await asyncio.wait({striking, people}, return_when=asyncio.FIRST_COMPLETED)
        if people.done():
            # Whatever ended it before its time ends the campaign.
            striking.cancel()
            people.result()
        try:
            await striking
        except TimeoutError:
            return ["something did not recover in time"]
        return []

    def _nemesis(self) -> Nemesis:
        """What faults there are is known once the installation runs."""
        wanted, installation = self._plan.faults, self._installation
        if wanted:
            installation = Narrowed(installation, wanted)
        return Nemesis(installation, self._plan.seed, self._probe, pauses=self._plan.pauses, log=self._log)

    def _is_over(self) -> bool:
        plan, progress = self._plan, self._progress
        enough = progress.kills >= plan.kills and progress.events >= plan.events
        return progress.seconds >= plan.limit or (progress.seconds >= plan.seconds and enough)

    def _is_ahead(self) -> bool:
        """Whether more of the events that are wanted were told than there were kills of those that are.

        People who do all they can leave no processor to those who start again, and the kills would come later. While
        somebody waits for a process to come to a point, though, it only comes there by their doing.
        """
        plan, progress = self._plan, self._progress
        if not plan.events or not plan.kills or progress.lurks:
            return False
        return progress.told / plan.events > progress.kills / plan.kills + _AHEAD

    async def _last_answers(self, people: "asyncio.Task[None]") -> None:
        """Nobody begins anything any more; what is under way gets its answer."""
        self._desk.open = False
        await asyncio.wait({people}, timeout=_LAST_ANSWERS_SECONDS)
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_ANSWERS_SECONDS):
                # Whose company had left, because one of them was turned away, still gets an answer.
                while not self._desk.idle:  # noqa: ASYNC110
                    await asyncio.sleep(_LOOK_SECONDS)
        people.cancel()
        await asyncio.gather(people, return_exceptions=True)

    async def _count(self, began: float, nemesis: Nemesis) -> None:
        """Keep the progress fresh."""
        progress = self._progress
        async with aclosing(Counting(self._installation)) as counting:
            while True:
                progress.seconds = time.monotonic() - began
                progress.kills = nemesis.kills.total()
                progress.lurks = nemesis.lurks
                progress.commands = len(self._journal.entries)
                progress.events, progress.told = await counting.count(_COUNT_EVERY)
                self._show("hurting")
                await asyncio.sleep(_COUNT_EVERY)

    def _show(self, phase: str) -> None:
        self._progress.phase = phase
        self._watch(self._progress)

    def _report(self, verdict: Verdict, nemesis: Nemesis, seconds: float) -> Report:
        return Report(
            edition=self._installation.edition,
            seed=self._plan.seed,
            brokers=self._plan.brokers if self._installation.bootstrap else 0,
            seconds=seconds,
            commands=len(self._journal.entries),
            fates=self._journal.fates,
            events=len(verdict.told.facts),
            repeats=verdict.told.repeats,
            kills=nemesis.kills,
            struck=nemesis.struck,
            missed=nemesis.missed,
            harm=verdict.harm,
            longest_recovery=nemesis.longest_recovery,
            sabotage=self._plan.sabotage,
            not_run=tuple(getattr(self._installation, "not_run", ())),
            types=verdict.told.types,
            refusals=self._journal.refusals,
            troubles=self._journal.troubles,
            unforeseen=unforeseen(self._installation.folder),
        )
