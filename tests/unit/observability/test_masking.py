"""What a log line or a span may not tell."""

import pytest

from shared.observability.masking import MASK, masked, masked_text


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("postgresql+asyncpg://sunmao:s3cret@db:5432/talent", "s3cret"),
        ("redis://:s3cret@cache", "s3cret"),
        ("postgresql://u:p@ss@db/x", "ss@"),
        ("GET /x Authorization: Bearer abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz"),
        ("BASIC QWxhZGRpbjpvcGVuIHNl", "QWxhZGRpbjpvcGVuIHNl"),
        ("token was eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl", "eyJzdWIiOiJ4In0"),
        ("grant_type=client_credentials&client_secret=s3cret&x=1", "s3cret"),
        ("{'password': 's3cret', 'x': 1}", "s3cret"),
        ('{"api_key": "s3cret"}', "s3cret"),
        ("POST /v1/signature-links/Ab3-xyz/signature 204", "Ab3-xyz"),
        ("POST /v1/consent-links/Ab3-xyz/answer 200", "Ab3-xyz"),
        ("POST /v1/signing-links/Ab3-xyz/signature 303", "Ab3-xyz"),
        ("call 13812345678 today", "13812345678"),
        ("holder 11010519491231002X", "11010519491231002X"),
        ("write to li.lei+a@example.edu.cn", "li.lei"),
    ],
)
def test_a_secret_inside_a_text_is_hidden(text: str, secret: str) -> None:
    assert secret not in masked_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "role:university_hr@org_01JABCDEFGHJKMNPQRSTVWXYZ0",
        "need_01J13812345678ABCDEFGHJKMN posted",
        "offset 1381234567890 of partition 3",
        "http://127.0.0.1:8000/partnership/v1/needs?status=open",
        "basic information of the base",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert masked_text(text) == text


@pytest.mark.parametrize("key", ["Authorization", "password", "client_secret", "access_token", "api_key", "set-cookie"])
def test_a_key_that_names_a_secret_hides_its_value_at_any_depth(key: str) -> None:
    assert masked({"request": [{key: {"inner": "s3cret"}}]}) == {"request": [{key: MASK}]}


def test_an_object_is_written_as_masked_text() -> None:
    assert masked([ValueError("postgresql://u:p@db/x"), 7, None, True]) == ["postgresql://***@db/x", 7, None, True]
