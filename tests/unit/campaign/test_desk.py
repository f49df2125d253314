"""The desk sends a request until its answer is definite, and writes down what is certain and what is not."""

import random

import httpx

from shared.operations.stories.teller import Caller
from tests.failures.campaign.desk import Desk
from tests.failures.campaign.journal import Journal

WHO = Caller("ops")
TOKEN = {"access_token": "x", "expires_in": 3600}


class House:
    """Answers one request after another; remembers under which keys they came."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.keys: list[str] = []
        self._answers = list(answers)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/token":
            return httpx.Response(200, json=TOKEN)
        self.keys.append(request.headers.get("idempotency-key", ""))
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def desk(self) -> Desk:
        """A desk that sends everything here."""
        transport = httpx.MockTransport(self)
        dice = random.Random(1)  # noqa: S311
        return Desk({"town": ["http://town"]}, "http://issuer", Journal(), dice, transport=transport)


def problem(status: int, code: str) -> httpx.Response:
    return httpx.Response(status, json={"code": code})


MADE = httpx.Response(201, json={"id": "need_1"})


async def test_a_request_without_an_answer_is_sent_again_under_its_key() -> None:
    house = House(httpx.ReadTimeout("frozen"), MADE)
    async with house.desk() as desk:
        entry = await desk.do("post need", WHO, "town", "/v1/needs")

    assert (entry.fate, entry.subject, house.keys) == ("acknowledged", "need_1", [entry.key] * 2)


async def test_what_is_refused_at_once_was_not_done() -> None:
    async with House(problem(409, "cohort_full")).desk() as desk:
        entry = await desk.do("enrol", WHO, "town", "/v1/enrolments")

    assert (entry.fate, entry.code) == ("refused", "cohort_full")


async def test_what_is_refused_after_an_answer_was_missed_remains_unknown() -> None:
    async with House(problem(503, "unavailable"), problem(409, "cohort_full")).desk() as desk:
        entry = await desk.do("enrol", WHO, "town", "/v1/enrolments")

    assert entry.fate == "unknown"


async def test_what_is_too_early_is_waited_out() -> None:
    async with House(problem(404, "not_found"), MADE).desk() as desk:
        entry = await desk.do("plan practice", WHO, "town", "/v1/practices", patience=frozenset({"not_found"}))

    assert entry.fate == "acknowledged"


async def test_an_amendment_that_shows_after_its_answer_was_missed_was_done() -> None:
    before = httpx.Response(200, json={"title": "a need"}, headers={"etag": '"1"'})
    after = httpx.Response(200, json={"title": "better"}, headers={"etag": '"2"'})
    async with House(before, httpx.ReadError("killed"), after).desk() as desk:
        entry = await desk.amend("amend need", WHO, "town", "/v1/needs/need_1", {"title": "better"}, "title")

    assert (entry.fate, entry.subject, entry.marker) == ("acknowledged", "need_1", "better")


async def test_an_amendment_of_an_old_version_is_made_of_the_new_one() -> None:
    seen = [httpx.Response(200, json={"title": "a need"}, headers={"etag": f'"{version}"'}) for version in (1, 2)]
    amended = httpx.Response(200, json={"title": "better"})
    async with House(seen[0], problem(412, "precondition_failed"), seen[1], amended).desk() as desk:
        entry = await desk.amend("amend need", WHO, "town", "/v1/needs/need_1", {"title": "better"}, "title")

    assert (entry.fate, entry.tries) == ("acknowledged", 2)
