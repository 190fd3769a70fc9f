"""Compressed values of our own files, unpacked within a limit: a damaged file may claim any size."""

from __future__ import annotations

import zlib


def unpacked(packed: object, limit: int, dictionary: bytes = b"") -> bytes:
    """Unpack what :mod:`zlib` packed.

    Arguments:
        packed: the bytes; whatever else a damaged file holds is refused.
        limit: largest size, in bytes.
        dictionary: the preset dictionary it was packed with.

    Raises:
        ValueError: no bytes, larger than ``limit``, cut off.
        zlib.error: damaged.
    """
    if not isinstance(packed, bytes):
        raise ValueError("no bytes")
    reader = zlib.decompressobj(zdict=dictionary) if dictionary else zlib.decompressobj()
    body = reader.decompress(packed, limit)
    if reader.unconsumed_tail or not reader.eof:
        raise ValueError("too large or cut off")
    return body
