"""Vectors of what ships, so that a new home need not make them.

The names of the national procedures in eight bits a component, the passages of the bundled pages as
the cache keeps them, with their tokens. They hold for the encoder that ships and are made with it,
after the facts and the pages that ship:

    python -m index.shipped
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder, OnnxEncoder

if TYPE_CHECKING:
    from knowledge.document import Document

FILE = Path(__file__).parent / "model" / "shipped.npz"
STEPS = 127  # of a component, to either side
KEY = 16  # bytes
MOST_BYTES = 1 << 24  # of a bundled page


class Made(NamedTuple):
    """What was made of a text, as the cache keeps it: its vector, and its tokens if they are."""

    vector: bytes
    tokens: bytes | None = None


Known = Mapping[bytes, Made]


def save(encoder: Encoder, names: Known, passages: Known, file: Path = FILE) -> None:
    """Write vectors.

    Args:
        encoder: the one that made them.
        names: key → vector in half precision, kept in eight bits a component.
        passages: the same, kept as they are, and tokens.
        file: where to.
    """
    vectors = _rows(names).astype(np.float32)
    scales = np.abs(vectors).max(axis=1, keepdims=True) / STEPS
    tokens = [made.tokens or b"" for made in passages.values()]
    np.savez_compressed(
        file,
        encoder=np.array(encoder.digest),
        keys=_keys(names),
        vectors=np.rint(vectors / scales).astype(np.int8),
        scales=scales.astype(np.float32),
        passage_keys=_keys(passages),
        passages=_rows(passages),
        token_ends=np.cumsum([len(one) for one in tokens], dtype=np.int64),
        tokens=np.frombuffer(b"".join(tokens), np.uint8),
    )


def load(encoder: Encoder, file: Path = FILE) -> Known:
    """Return key → what was made of a text; empty for another encoder than the one it is of."""
    if not file.is_file():
        return {}
    with np.load(file) as held:
        if str(held["encoder"]) != encoder.digest:
            return {}
        names = (held["vectors"] * held["scales"]).astype(np.float16)
        tokens = np.split(held["tokens"], held["token_ends"][:-1])
        passages = zip(held["passage_keys"], held["passages"], tokens, strict=True)
        return {
            key.tobytes(): Made(row.tobytes()) for key, row in zip(held["keys"], names, strict=True)
        } | {
            key.tobytes(): Made(row.tobytes(), one.tobytes() or None) for key, row, one in passages
        }


def _rows(known: Known) -> NDArray[np.float16]:
    held = [made.vector for made in known.values()]
    return np.frombuffer(b"".join(held), np.float16).reshape(len(held), -1)


def _keys(known: Known) -> NDArray[np.uint8]:
    return np.frombuffer(b"".join(known), np.uint8).reshape(len(known), KEY)


def _encoded(
    encoder: OnnxEncoder, texts: Collection[str], close: bool, known: Known
) -> dict[bytes, Made]:
    """Return what is made of texts, by their keys; what is known is taken from there.

    Args:
        encoder: makes it.
        texts: what is encoded.
        close: whether the tokens are wanted.
        known: made before.
    """
    from index.tokens import coded
    from index.vectors import digest_of

    found: dict[bytes, Made] = {}
    for text in texts:
        key = digest_of(text)
        if key in known and (known[key].tokens is not None or not close):
            found[key] = known[key]
            continue
        vectors, tokens = encoder.encode_passages_and_tokens([text])
        vector = vectors.astype(np.float16).tobytes()
        found[key] = Made(vector, coded(tokens[0]).tobytes() if close else None)
    return found


def _pages() -> Iterator[Document]:
    """Yield the bundled pages."""
    from knowledge.ingest import Ingest
    from knowledge.places import Places
    from knowledge.readers import read_file

    places = Places.load()
    for page in sorted(map(str, files("knowledge").joinpath("bundled").iterdir())):
        for raw in read_file(Path(page), MOST_BYTES).documents:
            yield Ingest.read(raw, places)


def main() -> None:
    """Encode what ships; what the file holds already is not made again."""
    from index.build import passages, pieces
    from knowledge.procedures.compact import shipped, unpacked

    encoder = OnnxEncoder()
    known = load(encoder)
    names = [procedure.name for procedure in unpacked(shipped())]
    pages = list(_pages())
    close = [text for page in pages for text, _ in pieces(page, detailed=True)]
    whole = [text for page in pages for text, _ in passages(page, detailed=True)]
    made = _encoded(encoder, close, True, known)
    made |= _encoded(encoder, whole, False, {**known, **made})
    save(encoder, _encoded(encoder, names, False, known), dict(sorted(made.items())))


if __name__ == "__main__":
    main()
