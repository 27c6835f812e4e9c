"""Vectors of what ships, so that a new home need not make them.

The names of the national procedures in eight bits a component, the passages of the bundled pages as
the cache keeps them. They hold for the encoder that ships and are made with it, after the facts
and the pages that ship:

    python -m index.shipped
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder

FILE = Path(__file__).parent / "model" / "shipped.npz"
BATCH = 64
STEPS = 127  # of a component, to either side
KEY = 16  # bytes
MOST_BYTES = 1 << 24  # of a bundled page

Known = Mapping[bytes, bytes]


def save(encoder: Encoder, names: Known, passages: Known, file: Path = FILE) -> None:
    """Write vectors.

    Args:
        encoder: the one that made them.
        names: key → vector in half precision, kept in eight bits a component.
        passages: the same, kept as they are.
        file: where to.
    """
    vectors = _rows(names.values()).astype(np.float32)
    scales = np.abs(vectors).max(axis=1, keepdims=True) / STEPS
    np.savez_compressed(
        file,
        encoder=np.array(encoder.digest),
        keys=_keys(names),
        vectors=np.rint(vectors / scales).astype(np.int8),
        scales=scales.astype(np.float32),
        passage_keys=_keys(passages),
        passages=_rows(passages.values()),
    )


def load(encoder: Encoder, file: Path = FILE) -> Known:
    """Return key → vector in half precision; empty for another encoder than the one they are of."""
    if not file.is_file():
        return {}
    with np.load(file) as held:
        if str(held["encoder"]) != encoder.digest:
            return {}
        names = (held["vectors"] * held["scales"]).astype(np.float16)
        parts = ((held["keys"], names), (held["passage_keys"], held["passages"]))
        return {
            key.tobytes(): row.tobytes()
            for keys, rows in parts
            for key, row in zip(keys, rows, strict=True)
        }


def _rows(vectors: object) -> NDArray[np.float16]:
    held = list(vectors)  # type: ignore[call-overload]
    return np.frombuffer(b"".join(held), np.float16).reshape(len(held), -1)


def _keys(known: Known) -> NDArray[np.uint8]:
    return np.frombuffer(b"".join(known), np.uint8).reshape(len(known), KEY)


def _encoded(encoder: Encoder, texts: Sequence[str], known: Known) -> dict[bytes, bytes]:
    """Return the vectors of texts, those that are known taken from there."""
    from index.vectors import digest_of

    by_key = {digest_of(text): text for text in texts}
    found = {key: known[key] for key in by_key if key in known}
    missing = [key for key in by_key if key not in known]
    for begin in range(0, len(missing), BATCH):
        keys = missing[begin : begin + BATCH]
        made = encoder.encode_passages([by_key[key] for key in keys]).astype(np.float16)
        found |= {key: row.tobytes() for key, row in zip(keys, made, strict=True)}
    return {key: found[key] for key in sorted(found)}


def _passages() -> Iterator[str]:
    """Yield what is encoded of the bundled pages."""
    from index.build import passages
    from knowledge.ingest import Ingest
    from knowledge.places import Places
    from knowledge.readers import read_file

    places = Places.load()
    for page in sorted(map(str, files("knowledge").joinpath("bundled").iterdir())):
        for raw in read_file(Path(page), MOST_BYTES).documents:
            for text, _ in passages(Ingest.read(raw, places), detailed=True):
                yield text


def main() -> None:
    """Encode what ships; what the file holds already is not made again."""
    from config.settings import load_settings
    from index.encoders import open_encoder
    from knowledge.procedures.compact import shipped, unpacked

    encoder = open_encoder(load_settings(), Path())
    known = load(encoder)
    names = [procedure.name for procedure in unpacked(shipped())]
    save(encoder, _encoded(encoder, names, known), _encoded(encoder, list(_passages()), known))


if __name__ == "__main__":
    main()
