"""What a channel did not take: every one counted, the log not flooded."""

from __future__ import annotations

import pytest

from bot.channels.refusals import QUIET, Refusals


def test_a_flood_of_one_reason_is_one_line_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    now = 0.0
    refusals = Refusals("zalo_oa", lambda: now)
    for _ in range(500):
        refusals.note("wrong signature")
    refusals.note("malformed")
    now = QUIET
    refusals.note("wrong signature")
    assert [record.getMessage() for record in caplog.records] == [
        "zalo_oa: not taken: wrong signature (1 so far)",
        "zalo_oa: not taken: malformed (1 so far)",
        "zalo_oa: not taken: wrong signature (501 so far)",
    ]
    assert refusals.counts == {"wrong signature": 501, "malformed": 1}
