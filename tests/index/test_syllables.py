"""Counts of syllables and pairs: probabilities, sums, files."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.syllables import SyllableModel
from index.text import normalise
from tests.made import vietnamese

some_texts = st.lists(vietnamese, max_size=4)
TEXTS = ["Đăng ký kết hôn", "đăng ký khai sinh", "đăng kiểm xe", "thủ tục 12 ngày"]


@pytest.fixture(scope="module")
def model() -> SyllableModel:
    return SyllableModel.count(TEXTS)


def test_words_are_counted_and_numbers_are_not(model: SyllableModel) -> None:
    assert model.singles["đăng"] == 3
    assert model.pairs[("đăng", "ký")] == 2
    assert "12" not in model.singles
    assert model.total == sum(model.singles.values()) == 14


def test_texts_do_not_run_into_each_other(model: SyllableModel) -> None:
    assert model.pairs[("hôn", "đăng")] == 0


def test_forms_are_all_readings_the_frequent_one_first() -> None:
    model = SyllableModel.count(["số số sổ", "sơ"])
    assert model.forms["so"][0] == "số"
    assert sorted(model.forms["so"]) == sorted(["số", "sổ", "sơ"])


def test_a_pair_that_was_seen_is_more_probable(model: SyllableModel) -> None:
    assert model.log_probability("ký", "đăng") > model.log_probability("xe", "đăng")
    assert model.log_probability("ký", "đăng") > model.log_probability("ký", None)
    assert model.log_probability("ký", "lạ") == model.log_probability("ký", None)


@given(some_texts, st.one_of(st.none(), st.just("đăng"), vietnamese), vietnamese)
def test_probabilities_are_probabilities(
    texts: list[str], before: str | None, syllable: str
) -> None:
    value = SyllableModel.count([*texts, *TEXTS]).log_probability(syllable, before)
    assert math.isfinite(value)
    assert value <= 1e-9


def test_probabilities_after_a_known_syllable_do_not_exceed_one(model: SyllableModel) -> None:
    total = sum(math.exp(model.log_probability(s, "đăng")) for s in model.singles)
    assert 0.9 < total <= 1.0


@given(some_texts, some_texts)
def test_the_sum_of_two_counts_is_the_count_of_both(one: list[str], other: list[str]) -> None:
    both = SyllableModel.count([*one, *other])
    summed = SyllableModel.count(one).plus(SyllableModel.count(other))
    assert (summed.singles, summed.pairs) == (both.singles, both.pairs)
    assert SyllableModel.count(one).times(2).singles == SyllableModel.count([*one, *one]).singles


@given(some_texts)
def test_a_saved_table_is_the_same(texts: list[str]) -> None:
    model = SyllableModel.count(texts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.npz"
        model.save(path, least_single=1, least_pair=1)
        loaded = SyllableModel.load(path)
    assert loaded.singles == model.singles
    assert loaded.pairs == model.pairs
    assert set(loaded.forms) == set(model.forms)


def test_rare_ones_are_left_out_of_a_table(tmp_path: Path) -> None:
    SyllableModel.count(TEXTS).save(tmp_path / "table.npz", least_single=2, least_pair=2)
    loaded = SyllableModel.load(tmp_path / "table.npz")
    assert loaded.singles == {"đăng": 3, "ký": 2}
    assert loaded.pairs == {("đăng", "ký"): 2}


def test_the_shipped_table_knows_the_language() -> None:
    model = SyllableModel.load()
    assert len(model.singles) > 3000
    assert "đường" in model.forms["duong"]
    assert model.log_probability("tục", "thủ") > model.log_probability("túc", "thủ") + 3
    assert all(normalise(s) == s for s in list(model.singles)[:500])
