"""The facts that ship: complete, small, without sentences, with the vectors of their names."""

from __future__ import annotations

from index.shipped import FILE
from knowledge.procedures.compact import ADDRESS, LONGEST_NAME, codes, shipped, unpacked

PROCEDURES = 2642
MOST_BYTES = 4_000_000  # most of it tokens of the bundled pages


def test_all_national_procedures_ship_and_are_small() -> None:
    found = list(unpacked(shipped()))
    assert len(found) == len({p.code for p in found}) == PROCEDURES
    assert codes(shipped()) == {p.code for p in found}
    assert len(shipped()) + FILE.stat().st_size < MOST_BYTES
    assert all(p.name and p.field and p.level and p.modes for p in found)
    assert all(p.url and p.url.startswith(ADDRESS) for p in found)


def test_no_text_of_the_portal_ships() -> None:
    for p in unpacked(shipped()):
        assert not p.papers
        assert p.result is None
        assert len(p.authority or "") <= LONGEST_NAME
        assert all(not mode.note and len(mode.fee.text or "") < 30 for mode in p.modes)
