"""What the database says of itself, of another writer, or of one event: https://www.postgresql.org/docs/current/errcodes-appendix.html."""

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from shared.messaging.blame import is_away, is_collision, is_race


class Said(Exception):
    """What a driver raises."""

    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


def refused(sqlstate: str) -> DBAPIError:
    """What SQLAlchemy makes of it, on a connection that goes on."""
    return DBAPIError.instance("SELECT 1", None, Said(sqlstate), Said)  # type: ignore[return-value]


@pytest.mark.parametrize(
    "sqlstate",
    [
        pytest.param("08006", id="connection failure"),
        pytest.param("53100", id="disk full"),
        pytest.param("53300", id="too many connections"),
        pytest.param("57P03", id="starting up"),
        pytest.param("58030", id="the disk cannot be read"),
        pytest.param("58P01", id="a file of the database is missing"),
    ],
)
def test_no_event_is_to_blame_for_what_would_meet_any_other(sqlstate: str) -> None:
    assert is_away(refused(sqlstate))


@pytest.mark.parametrize("sqlstate", ["22001", "23514", "42P01", "XX001"])
def test_what_is_said_of_one_statement_is_no_absence(sqlstate: str) -> None:
    assert not is_away(refused(sqlstate))


@pytest.mark.parametrize("sqlstate", ["40001", "40P01", "55P03"])
def test_another_writer_is_no_absence(sqlstate: str) -> None:
    error = refused(sqlstate)

    assert (is_race(error), is_away(error)) == (True, False)


def test_the_same_thing_made_twice_is_a_collision() -> None:
    error = IntegrityError("INSERT", None, Said("23505"))

    assert (is_collision(error), is_away(error)) == (True, False)
