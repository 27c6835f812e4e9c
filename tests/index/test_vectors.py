"""Vectors are made once for each text and encoder, and an interrupted run keeps its work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from sqlite_utils import Database

from index.build import Progress
from index.encoder import Vectors
from index.tokens import coded
from index.vectors import BATCH, LOOKED_UP, Halves, VectorCache
from tests.made import TinyEncoder, TinyTokenEncoder, silent

TEXTS = ["đăng ký kết hôn", "cấp hộ chiếu", "cấp lại căn cước"]


@pytest.fixture
def db() -> Iterator[Database]:
    database = Database(memory=True)
    yield database
    database.close()


def vectors_of(
    db: Database, encoder: TinyEncoder, texts: Sequence[str], progress: Progress = silent
) -> Halves:
    """Return the vectors of `texts`."""
    cache = VectorCache(db, encoder)
    for text in texts:
        cache.add(text)
    return cache.vectors(progress)


class FailingEncoder(TinyEncoder):
    """Stops after its first batch, as a killed process does."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Encode one batch, then fail."""
        if self.encoded:
            raise KeyboardInterrupt
        return super().encode_passages(texts)


def test_vectors_are_those_of_the_encoder(db: Database, tiny_encoder: TinyEncoder) -> None:
    vectors = vectors_of(db, tiny_encoder, TEXTS)
    assert vectors.dtype == np.float16
    assert vectors == pytest.approx(tiny_encoder.encode_questions(TEXTS), abs=1e-3)


def test_a_text_is_encoded_once(db: Database, tiny_encoder: TinyEncoder) -> None:
    twice = [*TEXTS, *TEXTS]
    first = vectors_of(db, tiny_encoder, twice)
    again = vectors_of(db, tiny_encoder, [*twice[::-1], "hộ tịch"])
    assert sorted(tiny_encoder.encoded) == sorted([*TEXTS, "hộ tịch"])
    assert np.array_equal(again[:-1], first[::-1])


def test_another_encoder_makes_its_own(db: Database, tiny_encoder: TinyEncoder) -> None:
    vectors_of(db, tiny_encoder, TEXTS)
    other = TinyEncoder("other")
    vectors_of(db, other, TEXTS)
    assert other.encoded == TEXTS
    assert [r[0] for r in db.execute("SELECT DISTINCT encoder FROM vectors")] == ["other"]


def test_vectors_of_texts_that_are_gone_are_dropped(
    db: Database, tiny_encoder: TinyEncoder
) -> None:
    vectors_of(db, tiny_encoder, TEXTS)
    vectors_of(db, tiny_encoder, TEXTS[:1])
    assert db["vectors"].count == 1


def test_what_an_interrupted_run_made_is_kept(db: Database, tiny_encoder: TinyEncoder) -> None:
    texts = [f"thủ tục số {i}" for i in range(BATCH + 5)]
    with pytest.raises(KeyboardInterrupt):
        vectors_of(db, FailingEncoder(), texts)
    vectors_of(db, tiny_encoder, texts)
    assert tiny_encoder.encoded == texts[BATCH:]


def test_progress_counts_what_has_to_be_encoded(db: Database, tiny_encoder: TinyEncoder) -> None:
    told: list[tuple[int, int]] = []
    vectors_of(db, tiny_encoder, TEXTS)
    more = [f"thủ tục số {i}" for i in range(BATCH + 5)]
    vectors_of(db, tiny_encoder, [*TEXTS, *more], lambda done, total: told.append((done, total)))
    assert told == [(BATCH, BATCH + 5), (BATCH + 5, BATCH + 5)]


def test_no_texts_give_no_vectors(db: Database, tiny_encoder: TinyEncoder) -> None:
    assert vectors_of(db, tiny_encoder, []).shape == (0, 32)


def test_more_texts_than_are_looked_up_at_a_time_keep_their_order(
    db: Database, tiny_encoder: TinyEncoder
) -> None:
    texts = [f"thủ tục số {i % (LOOKED_UP + 3)}" for i in range(2 * LOOKED_UP + 1)]
    vectors = vectors_of(db, tiny_encoder, texts)
    assert vectors == pytest.approx(tiny_encoder.encode_questions(texts), abs=1e-3)


def test_tokens_are_kept_of_the_texts_they_are_wanted_of(db: Database) -> None:
    encoder = TinyTokenEncoder()
    cache = VectorCache(db, encoder)
    cache.add(TEXTS[0])
    for text in TEXTS[1:]:
        cache.add_closely(text)
    assert len(cache.vectors(silent)) == 1
    wanted = [coded(encoder.encode_question_tokens(text)) for text in TEXTS[1:]]
    assert len(cache.tokens()) == 2
    assert all(map(np.array_equal, cache.tokens(), wanted))


def test_a_text_known_without_its_tokens_is_encoded_again_for_them(db: Database) -> None:
    encoder = TinyTokenEncoder()
    for closely in (False, True, True, False):
        cache = VectorCache(db, encoder)
        cache.add(TEXTS[0])
        if closely:
            cache.add_closely(TEXTS[0])
        cache.vectors(silent)
        assert len(cache.tokens()) == closely
    assert encoder.encoded == [TEXTS[0]] * 2


def test_tokens_that_are_no_longer_wanted_are_forgotten(db: Database) -> None:
    for text in TEXTS[:2]:
        cache = VectorCache(db, TinyTokenEncoder())
        cache.add_closely(text)
        cache.vectors(silent)
    assert db.execute("SELECT count(*) FROM vectors").fetchone()[0] == 1


def test_an_encoder_without_tokens_has_none_to_keep(
    db: Database, tiny_encoder: TinyEncoder
) -> None:
    cache = VectorCache(db, tiny_encoder)
    cache.add_closely(TEXTS[0])
    assert len(cache.vectors(silent)) == 0
    assert cache.tokens() == tiny_encoder.encoded == []
