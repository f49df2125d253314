"""The command line against a town that is served, as an operator uses it."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from deploy.local.ports import free_ports
from shared.operations.cli import main
from tests.unit.partnership.alliance import uscc

SUNMAO = Path(sys.executable).with_name("sunmao")
PATIENCE = 60


@dataclass(frozen=True)
class Done:
    """What a command ended with and said."""

    code: int
    out: str
    err: str


def sunmao(*words: str, **environ: str) -> Done:
    """One command as the installed program runs it, in this process."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["sunmao", *words])
        for name, value in {"COLUMNS": "200", **environ}.items():
            patch.setenv(name, value)
        with pytest.raises(SystemExit) as end:
            main()
    return Done(int(end.value.code or 0), out.getvalue(), err.getvalue())


def program(*words: str, **environ: str) -> Done:
    """One command in a process of its own."""
    done = subprocess.run(
        [SUNMAO, *words], env={**os.environ, **environ}, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a town in a process of its own, and its folder."""
    [port], home = free_ports(1), tmp_path_factory.mktemp("served")
    environ = {**os.environ, "SUNMAO_HOME": str(home), "SUNMAO_PORT": str(port)}
    process = subprocess.Popen([SUNMAO, "serve"], env=environ, stderr=subprocess.DEVNULL)
    transport = httpx.HTTPTransport(retries=8)
    with httpx.Client(transport=transport, timeout=PATIENCE) as client:
        client.get(f"http://127.0.0.1:{port}/readyz").raise_for_status()
    yield f"http://127.0.0.1:{port}", home
    process.terminate()
    process.wait()


@pytest.fixture(scope="module")
def organization(served: tuple[str, Path]) -> str:
    """An organisation that was registered with a token of the command line."""
    token = sunmao("token", "--as", "alliance_office", SUNMAO_URL=served[0]).out.strip()
    entry = {"kind": "enterprise", "name_zh": "示例企业", "uscc": uscc(7), "region_code": "500101"}
    headers = {"authorization": f"Bearer {token}"}
    answer = httpx.post(f"{served[0]}/partnership/v1/organizations", json=entry, headers=headers, timeout=PATIENCE)
    return str(answer.raise_for_status().json()["id"])


def test_a_token_is_alone_on_its_line_and_lets_in(served: tuple[str, Path]) -> None:
    done = sunmao("token", "--as", "teacher", "--organization", "org_1", "--person", "tch_1", SUNMAO_URL=served[0])

    [token] = done.out.splitlines()
    answer = httpx.get(f"{served[0]}/notify/v1/inbox", headers={"authorization": f"Bearer {token}"})
    assert (done.code, done.err, answer.status_code) == (0, "", 200)


def test_a_role_that_does_not_exist_is_refused_and_the_others_are_named(served: tuple[str, Path]) -> None:
    done = sunmao("token", "--as", "emperor", SUNMAO_URL=served[0])

    assert (done.code, done.out) == (2, "")
    assert "emperor" in done.err
    assert "enterprise_admin" in done.err


def test_no_dead_letters_are_none(served: tuple[str, Path]) -> None:
    done = sunmao("dead-letters", "list", "talent", SUNMAO_URL=served[0])

    assert (done.code, done.out) == (0, "none\n")


def test_the_outbox_is_shown(served: tuple[str, Path], organization: str) -> None:
    done = sunmao("outbox", "partnership", SUNMAO_URL=served[0])

    assert done.code == 0, organization
    assert '"rows": 2' in done.out
    assert '"parked": 0' in done.out


def test_a_story_is_told_in_order(served: tuple[str, Path], organization: str) -> None:
    done = sunmao("events", "story", organization, SUNMAO_URL=served[0])

    [line] = done.out.splitlines()
    assert done.code == 0
    assert f"sunmao.partnership.organization.registered.v1 {organization} #1" in line


def test_a_story_that_nobody_knows_is_one_clear_line(served: tuple[str, Path]) -> None:
    done = sunmao("events", "story", "need_none", SUNMAO_URL=served[0])

    assert_one_line(done, "404 not_found")


def test_a_projection_is_rebuilt_and_a_consumer_without_one_is_refused(
    served: tuple[str, Path], organization: str
) -> None:
    rebuilt = sunmao("rebuild", "notify.parties", SUNMAO_URL=served[0])
    refused = sunmao("rebuild", "notify.feed", SUNMAO_URL=served[0])

    assert (rebuilt.code, '"count": 1' in rebuilt.out) == (0, True), organization
    assert_one_line(refused, "notify.parties")


def test_reactions_are_caught_up_since_a_time_of_the_region(served: tuple[str, Path], organization: str) -> None:
    done = sunmao("backfill", "notify.feed", "--since", "2020-01-01", SUNMAO_URL=served[0])

    assert (done.code, '"count": 1' in done.out) == (0, True), organization


def test_a_replay_without_letters_replays_none(served: tuple[str, Path]) -> None:
    done = sunmao("dead-letters", "replay", "talent", "--dry-run", "--since", "2020-01-01", SUNMAO_URL=served[0])

    assert (done.code, '"selected": 0' in done.out) == (0, True)


def test_a_letter_that_is_not_there_is_one_clear_line(served: tuple[str, Path]) -> None:
    assert_one_line(sunmao("dead-letters", "show", "talent", "7", SUNMAO_URL=served[0]), "404 not_found")


@pytest.mark.parametrize(
    "words", [("token", "--as", "ops"), ("outbox", "talent"), ("dead-letters", "list", "talent"), ("events", "tail")]
)
def test_a_town_that_does_not_answer_is_one_clear_line(words: tuple[str, ...]) -> None:
    [port] = free_ports(1)

    done = sunmao(*words, SUNMAO_URL=f"http://127.0.0.1:{port}")

    assert_one_line(done, f"http://127.0.0.1:{port}")


def test_a_given_token_is_used_as_it_is(served: tuple[str, Path]) -> None:
    assert_one_line(sunmao("outbox", "talent", SUNMAO_URL=served[0], SUNMAO_TOKEN="x"), "401 unauthenticated")


def test_a_second_server_of_the_folder_is_told_who_has_it(served: tuple[str, Path]) -> None:
    [port] = free_ports(1)

    done = program("serve", SUNMAO_HOME=str(served[1]), SUNMAO_PORT=str(port))

    assert_one_line(done, f"{served[1]} is in use by process")


@pytest.mark.parametrize(
    ("words", "environ", "said"),
    [
        ("serve", {"SUNMAO_ENVIRONMENT": "production"}, "The local issuer does not start in production"),
        ("serve identity", {"SUNMAO_ENVIRONMENT": "production"}, "The local issuer does not start in production"),
        ("serve", {"SUNMAO_ENVIRONMENT": "Production"}, "SUNMAO_ENVIRONMENT: "),
        ("serve", {"SUNMAO_ENVIRONMENT": "production", "SUNMAO_FAULTS": "x"}, "SUNMAO_FAULTS is for tests"),
        ("serve talent", {"SUNMAO_TALENT_ENVIRONMENT": "production", "SUNMAO_FAULTS": "x"}, "SUNMAO_FAULTS is for"),
        ("migrate talent", {"SUNMAO_TALENT_PORT": "http"}, "SUNMAO_TALENT_PORT: "),
    ],
)
def test_what_must_not_start_says_so_in_one_line(
    words: str, environ: dict[str, str], said: str, tmp_path: Path
) -> None:
    assert_one_line(program(*words.split(), SUNMAO_HOME=str(tmp_path / "home"), **environ), said)


def test_a_file_that_nobody_keeps_is_not_ours(served: tuple[str, Path], tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"a paper")

    done = sunmao("documents", "verify", str(tmp_path / "paper.pdf"), SUNMAO_URL=served[0])

    assert (done.code, "not ours (SHA-256 " in done.out) == (1, True)


def test_the_table_of_settings_needs_no_server() -> None:
    done = sunmao("settings")

    assert done.code == 0
    assert "| `SUNMAO_HOME` | `.sunmao` | folder of the embedded edition" in done.out


def assert_one_line(done: Done, said: str) -> None:
    """Exit code 2 and one sentence on standard error, no stack trace."""
    assert done.code == 2, done.err
    assert done.out == ""
    [line] = done.err.splitlines()
    assert said in line


def test_a_year_of_the_calendar_is_looked_through_then_entered_and_shown(served: tuple[str, Path]) -> None:
    file = served[1] / "2027.csv"
    file.write_text("date,kind,note\n2027-01-01,holiday,元旦\n", encoding="utf-8")

    tried = sunmao("calendar", "import", str(file), "--dry-run", SUNMAO_URL=served[0])
    unknown = sunmao("calendar", "show", "--year", "2027", SUNMAO_URL=served[0])
    entered = sunmao("calendar", "import", str(file), SUNMAO_URL=served[0])
    shown = sunmao("calendar", "show", "--year", "2027", SUNMAO_URL=served[0])

    assert (tried.code, tried.out.splitlines()[-1]) == (0, "nothing was entered")
    assert (unknown.code, "2027: not known; all is known until 2026-12-31" in unknown.out) == (0, True)
    assert (entered.code, entered.out.splitlines()[-1]) == (0, "2027 was entered")
    assert "2027: entered here; all is known until 2027-12-31" in shown.out
    assert "元旦" in shown.out


def test_rows_of_a_year_that_do_not_fit_are_named_one_by_one(served: tuple[str, Path]) -> None:
    file = served[1] / "bad.csv"
    file.write_bytes("日期,类型\n2028-01-01,法定节假日\n2028-02-30,休息日\n2028-03-01,赶集\n".encode("gb18030"))

    done = sunmao("calendar", "import", str(file), "--year", "2028", "--language", "zh", SUNMAO_URL=served[0])

    first, *faults = done.err.strip().splitlines()
    assert (done.code, "422 table_refused" in first, len(faults)) == (2, True, 2)
    assert faults[0].strip().startswith("3 日期: 内容不符合要求")
    assert faults[1].strip().startswith("4 类型: 内容不符合要求")


def test_organisations_are_imported_from_a_workbook_and_taken_back(served: tuple[str, Path]) -> None:
    url, folder = served
    office, empty, file = ("--as", "alliance_office"), folder / "empty.xlsx", folder / "organizations.csv"
    head, row = "kind,name_zh,uscc,region_code\n", f"enterprise,示例企业,{uscc(951)},500101\n"
    file.write_text(head + row, encoding="utf-8")

    listed = sunmao("tables", "list", "partnership", *office, SUNMAO_URL=url)
    given = sunmao("tables", "template", "partnership", "organizations", str(empty), *office, SUNMAO_URL=url)
    tried = sunmao("tables", "import", "partnership", "organizations", str(file), "--dry-run", *office, SUNMAO_URL=url)
    done = sunmao("tables", "import", "partnership", "organizations", str(file), *office, SUNMAO_URL=url)
    import_id = done.out.split()[-1]
    file.write_text(head + row.replace("500101", "x"), encoding="utf-8")
    unfit = sunmao("tables", "import", "partnership", "organizations", str(file), "--dry-run", *office, SUNMAO_URL=url)
    undone = sunmao("tables", "undo", "partnership", import_id, *office, SUNMAO_URL=url)
    again = sunmao("tables", "undo", "partnership", import_id, *office, SUNMAO_URL=url)

    assert "organizations" in listed.out
    assert (given.code, empty.read_bytes()[:2]) == (0, b"PK")
    assert (tried.code, unfit.code) == (0, 1)
    assert tried.out.splitlines()[-1] == "of 1 rows 0 cells or rows do not fit; nothing was entered"
    assert done.out.startswith("1 of 1 rows were entered as imp_")
    assert undone.out.strip() == f"{import_id} was undone"
    assert (again.code, "409 undone_already" in again.err) == (2, True)


def test_the_same_act_is_done_to_the_object_of_each_line(served: tuple[str, Path], tmp_path: Path) -> None:
    url, file = served[0], tmp_path / "rows.txt"
    file.write_text('agr_00000000000000000000000000\n\n{"id": "need_1"}\n', encoding="utf-8")
    words = ("partnership", "agreements/submission", str(file), "--as", "enterprise_admin", "--organization", "org_1")

    done = sunmao("batch", *words, SUNMAO_URL=url)
    file.write_text("{", encoding="utf-8")
    wrong = sunmao("batch", *words, SUNMAO_URL=url)
    file.write_bytes(b"\xff\xfe\x00")
    unreadable = sunmao("batch", *words, SUNMAO_URL=url)
    file.write_bytes("编号".encode("gb18030"))
    chinese = sunmao("batch", *words, SUNMAO_URL=url)

    assert (done.code, done.out.splitlines()[-1]) == (1, "0 of 2 rows were done")
    assert ("not_found" in done.out, "/path/agreement_id" in done.out) == (True, True)
    assert [line.split()[1] for line in done.out.splitlines() if " 404 " in line or " 422 " in line] == ["1", "3"]
    assert (wrong.code, wrong.err.strip()) == (2, "line 1 is neither an id nor a JSON object on one line")
    assert (unreadable.code, "UTF-8" in unreadable.err, "Traceback" in unreadable.err) == (2, True, False)
    assert (chinese.code, chinese.out.splitlines()[-1]) == (1, "0 of 1 rows were done")
