"""Late interaction: what the tokens of the shipped encoder say."""

from __future__ import annotations

import numpy as np
import pytest

from index.training.late import PIECE, TokenStates, _pieces, interaction

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def states() -> TokenStates:
    return TokenStates(["Thời hạn giải quyết là 5 ngày.", "Người nuôi ong lấy mật."])


def test_a_text_that_holds_the_answer_is_nearer(states: TokenStates) -> None:
    asked = states.of_question("cấp lại giấy phép lái xe mất bao lâu")
    near = states.of_passage("Thời hạn cấp lại giấy phép lái xe là 5 ngày làm việc.")
    far = states.of_passage("Người nuôi ong lấy mật vào mùa hoa nhãn.")
    assert interaction(asked, [near]) > interaction(asked, [far])
    assert interaction(asked, [far, near]) == interaction(asked, [near])
    assert interaction(asked, [asked]) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(near, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_long_text_is_read_to_its_end(states: TokenStates) -> None:
    text = "Điều này nói về việc khác. " * 60 + "Nuôi ong lấy mật."
    pieces = _pieces(text, states)
    assert len(pieces) > len(text) // PIECE
    asked = states.of_question("nuôi ong lấy mật")
    assert max(interaction(asked, [piece]) for piece in pieces[:-1]) < interaction(
        asked, [pieces[-1]]
    )
