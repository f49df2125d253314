"""The issuer is asked for its keys when that can help, and never because of every bad token."""

import asyncio

import httpx
import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey

from shared.identity.keys import FetchFailed, RememberedKeys, published_by, readable
from shared.identity.refusals import IssuerUnavailable, Reason, Unauthenticated

URL = "http://issuer.test"


async def test_keys_are_asked_for_once_and_remembered(issuer, verifier, wire) -> None:
    for _ in range(5):
        await verifier.verify(issuer.issue(roles=["teacher"], persons=["tch_1"]))

    assert wire.asked == ["/.well-known/openid-configuration", "/jwks"]


async def test_a_token_of_a_rotated_key_is_accepted_after_one_more_question(
    issuer, verifier, wire, folder, clock
) -> None:
    old = issuer.issue(roles=["teacher"])
    await verifier.verify(old)

    clock.now += 40
    folder.rotate()
    new = issuer.issue(roles=["student"])

    assert (await verifier.verify(new)).roles == {"student"}
    assert (await verifier.verify(old)).roles == {"teacher"}
    assert wire.asked.count("/jwks") == 2


async def test_a_thousand_tokens_of_unknown_keys_cost_one_question_in_half_a_minute(clock, folder) -> None:
    asked = []

    async def fetch():
        asked.append(clock.now)
        return await folder.fetch()

    keys = RememberedKeys(fetch, monotonic=clock)
    for second in range(60):
        for number in range(20):
            with pytest.raises(Unauthenticated):
                await keys.find(f"stranger-{second}-{number}")
        clock.now += 1

    assert [at - asked[0] for at in asked] == [0, 30]


async def test_tokens_that_fail_for_other_reasons_cost_no_question(issuer, verifier, wire, clock) -> None:
    token = issuer.issue(roles=["teacher"])
    await verifier.verify(token)
    clock.now += 100

    for _ in range(10):
        with pytest.raises(Unauthenticated):
            await verifier.verify(token[:-8] + "AAAAAAAA")

    assert wire.asked.count("/jwks") == 1


async def test_many_callers_at_once_ask_once(issuer, verifier, wire) -> None:
    token = issuer.issue(roles=["teacher"])

    await asyncio.gather(*(verifier.verify(token) for _ in range(50)))

    assert wire.asked.count("/jwks") == 1


async def test_keys_are_refreshed_after_ten_minutes_so_that_a_withdrawn_one_goes(clock) -> None:
    first, second = (ECKey.generate_key("P-256", {"kid": kid}) for kid in ("first", "second"))
    published = [first]

    async def fetch():
        return readable([key.as_dict(private=False) for key in published])

    keys = RememberedKeys(fetch, monotonic=clock)
    await keys.find("first")
    published[:] = [second]

    clock.now += 599
    still = await keys.find("first")
    clock.now += 2

    assert still.kid == "first"
    with pytest.raises(Unauthenticated) as caught:
        await keys.find("first")
    assert caught.value.reason is Reason.UNKNOWN_KEY


async def test_an_issuer_that_went_away_does_not_take_the_service_with_it(issuer, verifier, wire, clock) -> None:
    token = issuer.issue(roles=["teacher"])
    await verifier.verify(token)

    wire.away = True
    clock.now += 1200

    assert (await verifier.verify(token)).roles == {"teacher"}


async def test_whoever_knows_the_key_does_not_wait_for_a_refresh(folder, clock) -> None:
    asked, gate = asyncio.Event(), asyncio.Event()
    gate.set()

    async def fetch():
        asked.set()
        await gate.wait()
        return await folder.fetch()

    keys, kid = RememberedKeys(fetch, monotonic=clock), str(folder.signing().kid)
    await keys.find(kid)
    clock.now += 700
    asked.clear()
    gate.clear()
    refreshing = asyncio.create_task(keys.find(kid))
    await asked.wait()

    # The limit only turns a wait for ever into a failure.
    found = await asyncio.wait_for(keys.find(kid), 5)

    assert (found.kid, refreshing.done()) == (kid, False)
    gate.set()
    assert (await refreshing).kid == kid


async def test_without_any_key_the_issuer_is_unavailable_and_asked_again_after_two_seconds(
    issuer, verifier, wire, clock
) -> None:
    token = issuer.issue(roles=["teacher"])
    wire.away = True

    for _ in range(3):
        with pytest.raises(IssuerUnavailable):
            await verifier.verify(token)
    asked_while_away = len(wire.asked)
    wire.away = False
    clock.now += 2

    assert asked_while_away == 1
    assert (await verifier.verify(token)).roles == {"teacher"}


async def test_a_given_key_set_address_needs_no_discovery(folder, http, wire) -> None:
    fetch = published_by("http://outside.test", http, jwks_url=f"{URL}/jwks")

    assert set(await fetch()) == {folder.signing().kid}
    assert wire.asked == ["/jwks"]


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (b'{"issuer": "http://other.test", "jwks_uri": "http://issuer.test/jwks"}', "names another issuer"),
        (b'{"issuer": "http://issuer.test"}', "names no jwks_uri"),
        (b"[]", "no JSON object"),
        (b"<html>", "gave"),
    ],
)
async def test_a_discovery_document_that_does_not_fit_is_not_followed(document: bytes, told: str) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=document))

    with pytest.raises(FetchFailed, match=told):
        await published_by(URL, httpx.AsyncClient(transport=transport))()


async def test_a_key_set_without_keys_is_a_failure() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json={"keys": "none"}))

    with pytest.raises(FetchFailed, match="no list of keys"):
        await published_by(URL, httpx.AsyncClient(transport=transport), jwks_url=URL)()


def test_only_public_signing_keys_are_taken_from_a_key_set() -> None:
    good = ECKey.generate_key("P-256", {"kid": "good"})
    encrypting = RSAKey.generate_key(2048, {"kid": "enc", "use": "enc"})
    private = ECKey.generate_key("P-256", {"kid": "private"})
    symmetric = OctKey.generate_key(256, {"kid": "oct"})
    documents = [
        good.as_dict(private=False),
        encrypting.as_dict(private=False),
        private.as_dict(private=True),
        symmetric.as_dict(),
        {"kty": "AKP", "kid": "post-quantum"},
        {"kty": "EC", "kid": "broken", "crv": "P-256"},
        {"kty": "EC"},
        "rubbish",
    ]

    assert set(readable(documents)) == {"good"}
