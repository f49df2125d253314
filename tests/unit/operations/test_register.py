"""The seed enters organisations anew for each run, and finds the region's authority again."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from shared.operations.stories.internship.workshop import workshop
from shared.operations.stories.run import Run
from shared.operations.stories.seed.register import organizations_of
from shared.operations.stories.teller import Teller


class Register:
    """A teller of a new run, in front of a register that keeps what was entered by earlier ones."""

    def __init__(self) -> None:
        self.run = Run.begin(datetime(2026, 9, 1, tzinfo=UTC))
        self.entered: list[dict[str, Any]] = []

    def say(self, text: str) -> None:
        pass

    async def post(
        self, _step: str, _who: object, _service: str, path: str, body: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        if body is not None:
            self.entered.append({**body, "id": f"org_{len(self.entered)}", "status": "registered"})
        for each in self.entered:
            if path.endswith(f"{each['id']}/verification"):
                each["status"] = "verified"
        return self.entered[-1]

    async def all(self, _who: object, _service: str, _path: str, **wanted: Any) -> list[dict[str, Any]]:
        return [each for each in self.entered if all(each[name] == value for name, value in wanted.items())]


async def test_a_second_telling_enters_new_sides_and_no_second_authority() -> None:
    register, organizations = Register(), workshop().organizations.items()

    first = await organizations_of(cast("Teller", register), organizations)
    second = await organizations_of(cast("Teller", register), organizations)

    assert first["government"] == second["government"]
    assert first["university"] != second["university"]
    assert [each["kind"] for each in register.entered].count("government") == 1
