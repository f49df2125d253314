"""The token of a one-time link."""

import hashlib
import re

from pydantic import TypeAdapter

from shared.identity.one_time import OneTimeToken, hash_of, new_token


def test_a_new_token_has_the_form_that_paths_take() -> None:
    token, form = new_token(), TypeAdapter(OneTimeToken).json_schema()

    assert re.fullmatch(form["pattern"], token)
    assert len(token) == form["minLength"] == form["maxLength"]


def test_no_token_is_given_out_twice() -> None:
    assert len({new_token() for _ in range(1000)}) == 1000


def test_only_its_sha_256_is_kept() -> None:
    assert hash_of("a token") == hashlib.sha256(b"a token").hexdigest()
