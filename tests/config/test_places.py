"""The table of places is whole, and a wrong entry is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import ConfigError
from config.places import PlaceTable, load_places

UNIT = """
reorganised_on = 2025-07-01
replace = true
[[unit]]
name = "Đà Nẵng"
kind = "{kind}"
code = "{code}"
[[unit.former]]
name = "Quảng Nam"
kind = "tỉnh"
{extra}
"""


@pytest.fixture(scope="module")
def table() -> PlaceTable:
    return load_places()


def test_it_has_34_units_made_of_63(table: PlaceTable) -> None:
    assert len(table.units) == 34
    assert sum(len(unit.former) for unit in table.units) == 63
    assert sum(unit.kind == "thành phố" for unit in table.units) == 6


def test_eleven_units_are_unchanged(table: PlaceTable) -> None:
    unchanged = {unit.name for unit in table.units if len(unit.former) == 1}
    assert unchanged == {
        *("Hà Nội", "Huế", "Lai Châu", "Điện Biên", "Sơn La", "Lạng Sơn", "Quảng Ninh"),
        *("Thanh Hóa", "Nghệ An", "Hà Tĩnh", "Cao Bằng"),
    }


def test_every_unit_keeps_the_name_of_one_that_it_holds(table: PlaceTable) -> None:
    for unit in table.units:
        assert unit.name in {former.name for former in unit.former}


def test_codes_are_unique(table: PlaceTable) -> None:
    assert len({unit.code for unit in table.units}) == 34


def test_huong_son_names_its_nine_communes(table: PlaceTable) -> None:
    (district,) = [at for at in table.localities if at.name == "Hương Sơn"]
    assert district.place == "Hà Tĩnh"
    assert len(district.communes) == 9


@pytest.mark.parametrize(
    ("kind", "code", "extra", "key"),
    [
        ("bang", "48", "", "kind"),
        ("thành phố", "4", "", "code"),
        ("thành phố", "48", 'careful = "always"', "careful"),
        ("thành phố", "48", "written = 3", "written"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, kind: str, code: str, extra: str, key: str) -> None:
    (tmp_path / "places.toml").write_text(
        UNIT.format(kind=kind, code=code, extra=extra), encoding="utf-8"
    )
    with pytest.raises(ConfigError, match=r"places\.toml") as caught:
        load_places(tmp_path)
    assert key in caught.value.key
    assert key in str(caught.value)


def test_a_locality_of_an_unknown_province_is_refused(tmp_path: Path) -> None:
    text = '[[locality]]\nname = "Hạ"\nkind = "huyện"\nplace = "Atlantis"\n'
    (tmp_path / "places.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="Atlantis"):
        load_places(tmp_path)


def test_broken_toml_is_refused_with_the_file_name(tmp_path: Path) -> None:
    (tmp_path / "places.toml").write_text("[[unit", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"places\.toml"):
        load_places(tmp_path)
