"""`sunmao rules`: looked up and tried without a server, decisions explained and foreseen from a service's database."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import select, update
from typer.testing import CliRunner

from services.partnership.main import SERVICE
from shared.operations.cli import cli
from shared.operations.mendable import MENDABLE
from shared.persistence.database import Database
from shared.persistence.migrations import upgrade
from shared.persistence.spine import DecisionRow
from tests.integration.edge.door import Door
from tests.unit.partnership.alliance import uscc

PACKS = Path("services/partnership/rules")
DECISION = SERVICE.metadata.tables[str(DecisionRow.__tablename__)]


@dataclass
class Town:
    """A folder with the database of a service, and the command line beside it."""

    home: Path

    def say(self, *words: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(cli, ["rules", *words], env={"SUNMAO_HOME": str(self.home)}, input=stdin)

    def register(self) -> str:
        """The id of the decision on a new organisation's credit code."""
        return str(asyncio.run(self._in_partnership(self._register)))

    def rewrite(self, change: Callable[[dict[str, Any]], None]) -> None:
        """Change what the database says of its decisions, as no service would."""
        asyncio.run(self._in_partnership(lambda door: self._rewrite(door, change)))

    async def _in_partnership(self, act: Callable[[Door], Any]) -> Any:
        database = Database(f"sqlite+aiosqlite:///{self.home}/partnership.db")
        await upgrade(database, SERVICE.folder / "migrations", SERVICE.metadata)
        door = Door(database, self.home / "keys")
        try:
            return await act(door)
        finally:
            await door.client.aclose()
            await database.close()

    async def _register(self, door: Door) -> str:
        await door.organization(verified=False)
        async with door.database.reading() as connection:
            return str((await connection.execute(select(DECISION.c.id))).scalar_one())

    async def _rewrite(self, door: Door, change: Callable[[dict[str, Any]], None]) -> None:
        async with door.database.writing() as connection:
            body = (await connection.execute(select(DECISION.c.body))).scalar_one()
            change(body)
            await connection.execute(update(DECISION).values(body=body))


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


def facts(folder: Path, **stated: object) -> str:
    file = folder / "facts.json"
    file.write_text(json.dumps(stated), encoding="utf-8")
    return str(file)


def test_every_rule_of_every_service_is_listed(town: Town) -> None:
    done = town.say("list", "--on", "2026-09-01", "--jurisdiction", "CN-CQ", "--language", "zh")

    assert done.exit_code == 0
    assert {"PTN-01", "MAT-01", "BAS-01", "X-03"} <= {line.split()[0] for line in done.output.splitlines()}
    assert "统一社会信用代码应通过校验" in done.output


def test_a_rule_is_shown_with_its_source_and_its_schema(town: Town) -> None:
    done = town.say("show", "X-03")

    assert done.exit_code == 0
    assert "hours_per_credit (class hours for one credit) = 17 hours, from 16 to 18" in done.output
    assert "It was read in a published copy of the source." in done.output
    assert '"additionalProperties": false' in done.output


def test_a_trial_needs_no_server_and_says_what_would_pass(town: Town) -> None:
    asked = ("--on", "2026-09-01", "--jurisdiction", "CN-CQ")

    done = town.say("try", "PTN-11", "--inputs", facts(town.home, starts_on="2025-01-01"), *asked)

    assert '{"starts_on":"2025-01-01"}' in done.output
    assert "2026-09-01 in CN/CN-CQ/alliance, by partnership-alliance@1" in done.output
    assert done.exit_code == 1
    assert "PTN-11 fail (block, refuses)" in done.output
    assert "Let it begin at most 365 days before the day of submission." in done.output


def test_a_rule_that_holds_ends_with_nought(town: Town) -> None:
    assert town.say("try", "X-03", "--inputs", "-", stdin='{"hours": 68}').exit_code == 0


def test_what_is_missing_is_named_with_who_gives_it(town: Town) -> None:
    done = town.say("try", "X-03", "--inputs", facts(town.home), "--language", "zh")

    assert "hours: 学时数; from university_academic_office" in done.output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["try", "X-03", "--inputs", "{wrong}"], "hours: Input should be a valid integer"),
        (["try", "X-03", "--inputs", "{broken}"], "is not JSON"),
        (["try", "X-03", "--inputs", "nowhere.json"], "cannot be read"),
        (["try", "X-99", "--inputs", "{wrong}"], "there is no rule X-99 here; there are PTN-01"),
        (["try", "MAT-01", "--inputs", "{wrong}"], "judges no facts of its own"),
        (["show", "X-03", "--jurisdiction", "CN-BJ"], "That is no jurisdiction"),
        (["show", "X-03", "--on", "2015-12-31"], "On 2015-12-31 no pack names X-03"),
        (["preview", "{broken}"], "unknown key; remove it or correct its spelling"),
        (["explain", "dec_1"], "no decision dec_1 is kept here; partnership could not be asked"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(town: Town, words: list[str], sentence: str) -> None:
    broken = town.home / "broken.json"
    broken.write_text("half: [a, b]", encoding="utf-8")
    files = {"{wrong}": facts(town.home, hours="many"), "{broken}": str(broken)}

    done = town.say(*(files.get(word, word) for word in words))

    assert isinstance(done.exception, MENDABLE)
    assert sentence in str(done.exception)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["try", "X-03", "--inputs", "{wrong}"], "hours：须为整数。"),
        (["try", "X-03", "--inputs", "nowhere.json"], "nowhere.json 无法按 UTF-8 文本读取，请检查路径和编码。"),
        (["try", "X-99", "--inputs", "{wrong}"], "没有规则 X-99；现有规则：PTN-01"),
        (["try", "MAT-01", "--inputs", "{wrong}"], "MAT-01 仅为计算提供参数"),
        (["show", "X-03", "--jurisdiction", "CN-BJ"], "适用地区无效"),
        (["preview", "{broken}"], "half：不支持此字段，请删除。"),
        (["explain", "dec_1"], "此处没有决定 dec_1；无法查询：partnership"),
    ],
)
def test_who_asks_in_chinese_is_refused_in_chinese(town: Town, words: list[str], sentence: str) -> None:
    broken = town.home / "broken.json"
    broken.write_text("half: [a, b]", encoding="utf-8")
    files = {"{wrong}": facts(town.home, hours="many"), "{broken}": str(broken)}

    done = town.say(*(files.get(word, word) for word in words), "--language", "zh")

    assert isinstance(done.exception, MENDABLE)
    assert sentence in str(done.exception)


def test_a_decision_is_explained_and_comes_out_the_same_again(town: Town) -> None:
    decision = town.register()

    done = town.say("explain", decision)

    assert done.exit_code == 0
    assert "PTN-01 pass (block)" in done.output
    assert "the same comes out" in done.output
    assert f'"uscc": "{uscc(1)}"' in done.output


def test_a_decision_that_does_not_come_out_again_is_told(town: Town) -> None:
    decision = town.register()
    town.rewrite(lambda body: body["inputs"]["PTN-01"].update(uscc="123"))

    done = town.say("explain", decision)

    assert done.exit_code == 1
    assert "now comes out fail (block), actual 3, limit 18" in done.output


def test_a_decision_of_the_time_before_is_shown_as_it_was_kept(town: Town) -> None:
    decision = town.register()
    town.rewrite(lambda body: body.update(inputs={"uscc": uscc(1)}))

    done = town.say("explain", decision)

    assert done.exit_code == 0
    assert "not judged again: it was kept before inputs were kept by rule" in done.output


def test_a_decision_by_a_pack_that_is_gone_is_not_judged_again(town: Town) -> None:
    decision = town.register()
    town.rewrite(lambda body: body["findings"][0].update(packs=["partnership-cn@99"]))

    assert "partnership-cn@99 is not installed here" in town.say("explain", decision).output


def next_pack(town: Town, *, since: date, **changes: str) -> str:
    """The national pack's next version, in which some words are others."""
    text = (PACKS / "cn.yaml").read_text(encoding="utf-8")
    for written, instead in {"version: 1": "version: 2", "2016-01-01": since.isoformat(), **changes}.items():
        assert written in text
        text = text.replace(written, instead)
    file = town.home / "next.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


LONGER = {"{value: 18,": "{value: 20,"}


def test_a_new_pack_shows_which_open_decisions_it_would_turn(town: Town) -> None:
    town.register()

    done = town.say("preview", next_pack(town, since=date(2026, 9, 1), **LONGER))

    assert done.exit_code == 1
    assert "1 open findings looked at: 1 would come out differently, 0 cannot be judged again." in done.output
    assert "fail (block), actual 18, limit 20" in done.output


def test_a_pack_that_begins_later_turns_nothing(town: Town) -> None:
    town.register()

    done = town.say("preview", next_pack(town, since=date(2026, 9, 2), **LONGER))

    assert (done.exit_code, "0 would come out differently" in done.output) == (0, True)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"version: 2": "version: 1"}, "give one of them the next version"),
        ({"{value: 18,": "{worth: 18,"}, "unknown key"),
        ({"id: PTN-01": "id: PTN-02"}, "rule PTN-02: unknown rule id"),
        ({"stricter: equal": "stricter: softer"}, "params.length.stricter"),
    ],
)
def test_a_pack_that_cannot_be_published_says_why(town: Town, changes: dict[str, str], sentence: str) -> None:
    file = next_pack(town, since=date(2027, 1, 1), **changes)

    done = town.say("preview", file)

    assert isinstance(done.exception, MENDABLE)
    assert sentence in str(done.exception)


def test_a_preview_changes_nothing(town: Town) -> None:
    town.register()
    before = (town.home / "partnership.db").read_bytes()

    town.say("preview", next_pack(town, since=date(2026, 9, 1), **LONGER))

    assert (town.home / "partnership.db").read_bytes() == before
