"""Keeping the work-list: what begins to wait for somebody, and what is over."""

from collections.abc import Mapping

from services.notify.domain.directory import asked_by_offices
from services.notify.domain.task import Task, task_id
from services.notify.domain.task_words import Over, Waits, words_of
from services.notify.handlers.naming import parties_of
from services.notify.ports import Work
from shared.contracts.event import Message
from shared.kernel.work import Told


async def keep_tasks(body: Message, work: Work) -> None:
    """Note what a state or an event says of tasks. Whichever order the words come in, the newest counts."""
    told = _told(work)
    for word in words_of(body, work.task_table):
        if isinstance(word, Waits):
            await _begin(word, told, work)
        else:
            await _end(word, told, work)


async def foresee_tasks(bodies: Mapping[str, Message], work: Work) -> None:
    """Ask once for everything that `keep_tasks` will ask for, body by body."""
    words = [word for body in bodies.values() for word in words_of(body, work.task_table)]
    await work.tasks.known(task_id(word.task_kind, word.subject, word.occasion or "") for word in words)
    recipients = [recipient for word in words if isinstance(word, Waits) for recipient in word.recipients]
    await work.directory.known(asked_by_offices(recipients))


async def forget_tasks(subject: str, work: Work) -> None:
    """What is erased waits for nobody."""
    told = _told(work)
    for task in await work.tasks.where(subject=subject):
        _keep(task, task.over(version=told.sequence, at=told.at), work)


async def lapse_task(task_id: str, work: Work) -> Task:
    """Give up what nobody has done long after its day."""
    task = await work.tasks.get(task_id)
    lapsed = task.lapse(at=work.context.now) if task.is_open else task
    return task if lapsed == task else work.tasks.save(lapsed)


async def _begin(word: Waits, told: Told, work: Work) -> None:
    if word.occasion:
        whole = await work.tasks.find(task_id(word.task_kind, word.subject))
        if whole is not None and told.sequence <= whole.ended:
            return
    parties = await parties_of(word.recipients, work)
    known = await _task(word, work)
    _keep(known, known.waits(word, parties, version=told.sequence, at=told.at), work)


async def _end(word: Over, told: Told, work: Work) -> None:
    known = await _task(word, work)
    if known.version or not word.by_state:
        _keep(known, known.over(version=told.sequence, at=told.at), work)
    if word.occasion is None and not word.by_state:
        for task in await work.tasks.where(task_kind=word.task_kind, subject=word.subject, is_open=True):
            _keep(task, task.over(version=told.sequence, at=told.at), work)


async def _task(word: Waits | Over, work: Work) -> Task:
    known = await work.tasks.find(task_id(word.task_kind, word.subject, word.occasion or ""))
    return known or Task.unheard(word, story=work.context.correlation_id or word.subject)


def _keep(was: Task, now: Task, work: Work) -> None:
    if now == was:
        return
    if was.version:
        work.tasks.save(now)
    else:
        work.tasks.add(now)


def _told(work: Work) -> Told:
    """Who told it and when; only what is heard from others opens and closes tasks."""
    if work.context.told is None:
        raise LookupError("a task is kept by what was told, and nothing was")
    return work.context.told
