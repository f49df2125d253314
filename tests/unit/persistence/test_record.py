"""Headers as one value: whatever was joined comes apart again, and goes out with the trace that it began in."""

from hypothesis import given
from hypothesis import strategies as st

from shared.persistence.record import join_headers, split_for_hop, split_headers

NAMES = st.sampled_from(["content-type", "ce_id", "ce_type", "ce_traceparent", "ce_test", "ce_actor"])
VALUES = st.binary(max_size=20).filter(lambda value: b"\x1f" not in value)
HEADERS = st.lists(st.tuples(NAMES, VALUES), min_size=1, max_size=8)


@given(HEADERS)
def test_what_was_joined_comes_apart_again(headers: list[tuple[str, bytes]]) -> None:
    assert split_headers(join_headers(headers)) == headers


@given(HEADERS)
def test_what_goes_out_has_the_last_trace_of_the_origin_as_its_own(headers: list[tuple[str, bytes]]) -> None:
    origins = [value for name, value in headers if name == "ce_traceparent"]

    sent = split_for_hop(join_headers(headers))

    assert sent == [*headers, *(("traceparent", origin) for origin in origins[-1:])]
