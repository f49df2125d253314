"""Which acts may be done in batches, and where they are asked for then."""

import pytest

from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.batches import IN_BATCHES, batches_router
from shared.web.batches.marking import address_of, id_in

OFFICE = allow("alliance_office", scope=None)


async def act() -> None:
    """Do something."""


def marked(path: str, method: str = "POST") -> AccessRouter:
    router = AccessRouter()
    router.add_api_route(path, act, access=OFFICE, methods=[method], openapi_extra=IN_BATCHES)
    return router


@pytest.mark.parametrize(
    ("path", "address", "name"),
    [
        ("/v1/agreements/{agreement_id}/submission", "/v1/batches/agreements/submission", "agreement_id"),
        ("/v1/signings", "/v1/batches/signings", None),
    ],
)
def test_an_act_is_asked_for_by_its_own_words(path: str, address: str, name: str | None) -> None:
    assert (address_of(path), id_in(path)) == (address, name)


def test_an_act_that_does_not_say_so_is_not_done_in_batches() -> None:
    router = marked("/v1/needs/{need_id}/withdrawal")
    router.add_api_route("/v1/needs/{need_id}/closure", act, access=OFFICE, methods=["POST"])

    assert [getattr(route, "path", "") for route in batches_router([router]).routes] == ["/v1/batches/needs/withdrawal"]


def test_an_act_on_two_objects_cannot_be_done_in_batches() -> None:
    with pytest.raises(ValueError, match="more than one object"):
        batches_router([marked("/v1/needs/{need_id}/offers/{offer_id}/choice")])


def test_what_is_no_post_cannot_be_done_in_batches() -> None:
    with pytest.raises(ValueError, match="is no POST"):
        batches_router([marked("/v1/needs/{need_id}", "PATCH")])
