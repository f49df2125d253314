"""Packed bytes unpacked within bounds: what an archive says of its sizes is not believed."""

import zlib
from collections.abc import Iterator
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

_CHUNK: Final = 1 << 18
_LOCAL_HEADER: Final = 30


def inflated(packed: bytes | memoryview, *, raw: bool = False) -> Iterator[bytes]:
    """What deflated bytes unpack to, in pieces, each of which is made only when it is asked for.

    Raises `zlib.error` for what is not deflated. Whoever has had enough stops asking.
    """
    inflate = zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    while rest and not inflate.eof:
        yield inflate.decompress(rest, _CHUNK)
        rest = inflate.unconsumed_tail


def member(archive: bytes, part: ZipInfo) -> Iterator[bytes]:
    """One part of an archive, in pieces. Raises `ValueError` or `zlib.error` where it cannot be unpacked."""
    begin = part.header_offset
    header = archive[begin : begin + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER:
        raise ValueError("the archive is cut off")
    begin += _LOCAL_HEADER + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = memoryview(archive)[begin : begin + part.compress_size]
    if part.compress_type == ZIP_DEFLATED:
        yield from inflated(packed, raw=True)
    elif part.compress_type == ZIP_STORED:
        yield from (bytes(packed[place : place + _CHUNK]) for place in range(0, len(packed), _CHUNK))
    else:
        raise ValueError("the archive is packed in a way that Office does not use")
