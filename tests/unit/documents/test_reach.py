"""The routes of documents let in whom any object lets in, and nobody further than every object lets them."""

import pytest

from services.training.main import SERVICE
from shared.contracts.ids import PREFIXES
from shared.identity.access import allow
from shared.web.documents.reach import anyone_of
from shared.web.service import installed_services


def test_whoever_one_object_lets_in_comes_in() -> None:
    joined = anyone_of(
        [
            allow("teacher", scope=None, alliance_wide=("alliance_office",)),
            allow("student", "alliance_office", scope="training:read"),
            allow("student", scope=None, alliance_wide=("government",)),
        ]
    )

    assert set(joined.roles) == {"teacher", "student", "alliance_office", "government"}
    assert (joined.scope, joined.reach) == ("training:read", ("government",))


@pytest.mark.parametrize("name", sorted(installed_services()))
def test_objects_with_documents_are_told_apart_by_their_ids_and_kinds_by_their_names(name: str) -> None:
    documented = installed_services()[name].documented

    prefixes = [each.prefix for each in documented]
    assert len(set(prefixes)) == len(prefixes)
    assert set(prefixes) <= set(PREFIXES.values())
    for each in documented:
        kinds = [kind.name for kind in each.kinds]
        assert len(set(kinds)) == len(kinds)


def test_what_a_checklist_asks_for_can_be_uploaded_by_somebody() -> None:
    kinds = {kind.name for each in SERVICE.documented for kind in each.kinds}

    assert {"tripartite_agreement", "insurance", "safety_training", "consent", "practice_record"} <= kinds
