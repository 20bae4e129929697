"""The body of an answer, unpacked no further than is allowed."""

from __future__ import annotations

import zlib
from typing import Final

from stemma.run.watch.guard import Refused

_GZIP: Final = 31
_ZLIB: Final = 15
_BARE: Final = -15


def unpack_body(body: bytes, encodings: str, most: int) -> bytes:
    """`body` without its `Content-Encoding`; raises `Refused` for a bomb, damage or an unknown packing."""
    for name in reversed([one.strip().lower() for one in encodings.split(",") if one.strip()]):
        if name in ("gzip", "x-gzip"):
            body = _inflate(body, _GZIP, most)
        elif name == "deflate":
            try:
                body = _inflate(body, _ZLIB, most)
            except Refused as refused:
                if refused.code == "bomb":
                    raise
                body = _inflate(body, _BARE, most)
        elif name != "identity":
            raise Refused("damaged", "the answer is packed in a way that was not asked for")
    return body


def _inflate(body: bytes, bits: int, most: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while body:
        inflater = zlib.decompressobj(bits)
        try:
            part = inflater.decompress(body, most + 1 - size)
        except zlib.error as error:
            if parts and bits == _GZIP:
                break  # padding behind the last part, as some servers send it
            raise Refused("damaged", "the answer cannot be unpacked") from error
        size += len(part)
        if size > most:
            raise Refused("bomb", f"it unpacks to more than {most:,} bytes")
        if not inflater.eof:
            raise Refused("damaged", "the answer is cut off")
        parts.append(part)
        body = inflater.unused_data
    return b"".join(parts)
