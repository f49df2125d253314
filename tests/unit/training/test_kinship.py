"""Ids of things that are born of others."""

import re

from services.training.domain.kinship import born_of
from shared.contracts.ids import new_id, pattern


def test_the_same_parent_gives_the_same_id() -> None:
    agreement = new_id("agreement")

    assert born_of(agreement, "base") == born_of(agreement, "base")


def test_a_born_id_has_the_form_of_its_kind_and_sorts_like_its_parent() -> None:
    agreement = new_id("agreement")

    born = born_of(agreement, "cohort")

    assert re.fullmatch(pattern("cohort"), born)
    assert born[4:14] == agreement[4:14]


def test_parents_kinds_and_parts_are_told_apart() -> None:
    one, other = new_id("teacher"), new_id("teacher")

    born = {
        born_of(one, "obligation", "five_year_180"),
        born_of(one, "obligation", "new_teacher_180"),
        born_of(other, "obligation", "five_year_180"),
        born_of(one, "account"),
    }

    assert len(born) == 4
