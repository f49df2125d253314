"""The id of a match follows from what it matches."""

import re

from hypothesis import given, strategies

from services.talent.domain.proposal import match_id
from shared.contracts.ids import new_id, pattern


@given(strategies.integers(1, 100), strategies.text())
def test_an_id_is_valid_and_always_the_same(line_no: int, candidate_id: str) -> None:
    need_id = new_id("need")

    made = match_id(need_id, line_no, candidate_id)

    assert re.fullmatch(pattern("match"), made)
    assert made == match_id(need_id, line_no, candidate_id)


def test_ids_differ_by_need_line_and_candidate_and_sort_with_their_need() -> None:
    early, late = "need_01K5A7Z3N4Q6R8S9T0V1W2X3Y4", "need_01K5A7Z3N5Q6R8S9T0V1W2X3Y4"
    made = [match_id(early, 1, "prog_1"), match_id(early, 2, "prog_1"), match_id(early, 1, "prog_2")]

    assert len(set(made)) == 3
    assert max(made) < match_id(late, 1, "prog_1")
