"""Every reason for which a token is refused, and what a good one says."""

import base64
import hmac
import json
import warnings

import pytest
from joserfc import jwt
from joserfc.errors import SecurityWarning
from joserfc.jwk import ECKey, OKPKey, RSAKey

from shared.identity.keys import RememberedKeys, readable
from shared.identity.refusals import Reason, Unauthenticated
from shared.identity.tokens import TokenVerifier

URL = "http://issuer.test"
NOW = 1_800_000_000

EC = ECKey.generate_key("P-256", {"kid": "ec", "use": "sig"})
RSA = RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"})
ED = OKPKey.generate_key("Ed25519", {"kid": "ed", "use": "sig"})

CLAIMS: dict[str, object] = {"iss": URL, "aud": "sunmao", "sub": "u-1", "iat": NOW, "exp": NOW + 3600}


@pytest.fixture
def verifier() -> TokenVerifier:
    async def fetch():
        return readable([key.as_dict(private=False) for key in (EC, RSA, ED)])

    return TokenVerifier(RememberedKeys(fetch), issuer=URL, now=lambda: float(NOW))


def signed(claims: dict[str, object], key=EC, alg: str = "ES256", **header: object) -> str:
    with warnings.catch_warnings():
        # joserfc would have EdDSA called by its newer name, which providers do not use yet.
        warnings.simplefilter("ignore", SecurityWarning)
        return jwt.encode({"alg": alg, "kid": key.kid, **header}, claims, key, algorithms=[alg])


def text(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


async def refusal(verifier: TokenVerifier, token: str) -> Unauthenticated:
    with pytest.raises(Unauthenticated) as caught:
        await verifier.verify(token)
    return caught.value


async def test_a_good_token_says_who_is_calling(verifier) -> None:
    who = await verifier.verify(
        signed(
            CLAIMS
            | {
                "org": "org_1",
                "roles": ["enterprise_admin", "offline_access"],
                "person": ["per_1", "tec_1"],
                "scope": "partnership:read events:read",
                "test": True,
            }
        )
    )

    assert (who.subject, who.organization_id, who.test) == ("u-1", "org_1", True)
    assert who.roles == {"enterprise_admin"}
    assert who.persons == {"per_1", "tec_1"}
    assert who.scopes == {"partnership:read", "events:read"}


async def test_absent_claims_are_empty(verifier) -> None:
    who = await verifier.verify(signed(CLAIMS))

    assert (who.organization_id, who.roles, who.persons, who.scopes, who.test) == (None, set(), set(), set(), False)


async def test_person_may_be_a_single_string(verifier) -> None:
    assert (await verifier.verify(signed(CLAIMS | {"person": "tch_1"}))).persons == {"tch_1"}


async def test_a_person_with_foreign_roles_only_does_not_pass_for_a_machine(verifier) -> None:
    who = await verifier.verify(signed(CLAIMS | {"roles": ["offline_access"], "scope": "partnership:write"}))

    assert (who.roles, who.scopes) == (frozenset(), frozenset())


@pytest.mark.parametrize(("key", "alg"), [(EC, "ES256"), (RSA, "RS256"), (ED, "EdDSA"), (ED, "Ed25519")])
async def test_the_allowed_algorithms_are_verified(verifier, key, alg: str) -> None:
    assert (await verifier.verify(signed(CLAIMS, key, alg))).subject == "u-1"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"iss": "http://other.test"}, Reason.ISSUER),
        ({"iss": None}, Reason.CLAIMS),
        ({"aud": "account"}, Reason.AUDIENCE),
        ({"aud": ["account", "broker"]}, Reason.AUDIENCE),
        ({"aud": None}, Reason.CLAIMS),
        ({"exp": NOW - 60}, Reason.EXPIRED),
        ({"exp": None}, Reason.CLAIMS),
        ({"exp": "tomorrow"}, Reason.CLAIMS),
        ({"nbf": NOW + 61}, Reason.NOT_YET_VALID),
        ({"iat": NOW + 61}, Reason.NOT_YET_VALID),
        ({"sub": None}, Reason.CLAIMS),
        ({"sub": 7}, Reason.CLAIMS),
        ({"sub": "line\nbreak"}, Reason.CLAIMS),
        ({"org": ["org_1"]}, Reason.CLAIMS),
        ({"org": "org 1"}, Reason.CLAIMS),
        ({"roles": {"a": 1}}, Reason.CLAIMS),
        ({"roles": [1]}, Reason.CLAIMS),
        ({"person": ["per 1\n"]}, Reason.CLAIMS),
        ({"person": ["role:ops@org_1"]}, Reason.CLAIMS),
        ({"scope": 5}, Reason.CLAIMS),
    ],
)
async def test_a_wrong_claim_is_refused_with_its_reason(verifier, changed, reason: Reason) -> None:
    claims = {name: claim for name, claim in (CLAIMS | changed).items() if claim is not None}

    assert (await refusal(verifier, signed(claims))).reason is reason


@pytest.mark.parametrize("changed", [{"exp": NOW - 59}, {"nbf": NOW + 60}, {"iat": NOW + 60}, {"aud": ["x", "sunmao"]}])
async def test_a_minute_of_difference_between_clocks_is_forgiven(verifier, changed) -> None:
    assert (await verifier.verify(signed(CLAIMS | changed))).subject == "u-1"


@pytest.mark.parametrize(
    "token",
    [
        "rubbish",
        "a.b",
        "a.b.c",
        "..",
        "é.é.é",
        f"{text([1])}.{text({})}.x",
        f"{text({'alg': 'ES256', 'kid': 'ec'})}.!!!.!!!",
        "x" * 9000 + ".b.c",
    ],
)
async def test_what_is_no_token_is_malformed(verifier, token: str) -> None:
    assert (await refusal(verifier, token)).reason is Reason.MALFORMED


async def test_an_unsigned_token_is_refused(verifier) -> None:
    token = f"{text({'alg': 'none', 'kid': 'ec'})}.{text(CLAIMS)}."

    assert (await refusal(verifier, token)).reason is Reason.ALGORITHM


async def test_a_token_signed_with_the_public_key_as_a_shared_secret_is_refused(verifier) -> None:
    body = f"{text({'alg': 'HS256', 'kid': 'rsa'})}.{text(CLAIMS)}"
    mac = hmac.digest(RSA.as_pem(private=False), body.encode(), "sha256")

    token = f"{body}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"

    assert (await refusal(verifier, token)).reason is Reason.ALGORITHM


async def test_an_algorithm_that_does_not_fit_the_key_is_refused(verifier) -> None:
    body = f"{text({'alg': 'RS256', 'kid': 'ec'})}.{text(CLAIMS)}"

    assert (await refusal(verifier, f"{body}.c2ln")).reason is Reason.ALGORITHM


async def test_claims_changed_after_signing_are_refused(verifier) -> None:
    header, _, signature = signed(CLAIMS).split(".")

    forged = f"{header}.{text(CLAIMS | {'roles': ['ops']})}.{signature}"

    assert (await refusal(verifier, forged)).reason is Reason.SIGNATURE


async def test_another_key_of_the_same_id_is_refused(verifier) -> None:
    other = ECKey.generate_key("P-256", {"kid": "ec"})

    assert (await refusal(verifier, signed(CLAIMS, other))).reason is Reason.SIGNATURE


async def test_a_key_that_nobody_published_is_refused(verifier) -> None:
    other = ECKey.generate_key("P-256", {"kid": "stranger"})

    assert (await refusal(verifier, signed(CLAIMS, other))).reason is Reason.UNKNOWN_KEY


async def test_a_token_without_a_key_id_is_refused(verifier) -> None:
    token = jwt.encode({"alg": "ES256"}, CLAIMS, EC, algorithms=["ES256"])

    assert (await refusal(verifier, token)).reason is Reason.UNKNOWN_KEY


async def test_a_key_that_comes_inside_the_token_is_not_used(verifier) -> None:
    own = ECKey.generate_key("P-256", {"kid": "ec"})

    token = signed(CLAIMS, own, jwk=own.as_dict(private=False))

    assert (await refusal(verifier, token)).reason is Reason.SIGNATURE


async def test_claims_that_are_no_object_are_malformed(verifier) -> None:
    token = f"{signed(CLAIMS).partition('.')[0]}.{text([1])}.c2ln"

    assert (await refusal(verifier, token)).reason in {Reason.SIGNATURE, Reason.MALFORMED}


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_refusal_never_repeats_the_token(verifier, language: str) -> None:
    token = signed(CLAIMS | {"iss": "http://other.test"})

    refused = await refusal(verifier, token)

    told = f"{refused!r} {refused.say(language)} {refused.challenge} {refused.facts}"
    assert not any(part in told for part in token.split("."))
    assert (refused.__cause__, refused.__suppress_context__) == (None, True)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_its_sentences(reason: Reason) -> None:
    if reason in {Reason.ISSUER_UNAVAILABLE, Reason.ROLE}:
        return

    assert Unauthenticated(reason).say("zh") != Unauthenticated(reason).say("en")


def aging(key=EC) -> tuple[TokenVerifier, dict[str, float], dict[str, object]]:
    """A verifier whose clock and published key a test may change."""
    clock, published = {"now": float(NOW)}, {"key": key}

    async def fetch():
        return readable([published["key"].as_dict(private=False)])

    keys = RememberedKeys(fetch, monotonic=lambda: clock["now"])
    return TokenVerifier(keys, issuer=URL, now=lambda: clock["now"]), clock, published


async def test_a_token_that_was_good_before_is_refused_once_its_time_is_over() -> None:
    verifier, clock, _ = aging()
    token = signed(CLAIMS)
    await verifier.verify(token)

    clock["now"] += 3600 + 61

    assert (await refusal(verifier, token)).reason is Reason.EXPIRED


async def test_a_token_that_was_good_before_is_refused_once_its_key_is_another() -> None:
    verifier, clock, published = aging()
    token = signed(CLAIMS)
    await verifier.verify(token)

    published["key"] = ECKey.generate_key("P-256", {"kid": "ec", "use": "sig"})
    clock["now"] += 601

    assert (await refusal(verifier, token)).reason is Reason.SIGNATURE


async def test_a_token_that_was_refused_stays_refused(verifier) -> None:
    token = signed(CLAIMS)
    forged = token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB")
    await verifier.verify(token)

    reasons = [(await refusal(verifier, forged)).reason for _ in range(2)]

    assert reasons == [Reason.SIGNATURE, Reason.SIGNATURE]
