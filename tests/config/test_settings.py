"""The settings: which encoders may be named."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import ConfigError
from config.settings import FILE, Settings, load_settings


def naming(encoder: str, folder: Path) -> Settings:
    """Return the settings of a folder that names an encoder."""
    (folder / FILE).write_text(f"[search]\nencoder = {encoder}\n", encoding="utf-8")
    return load_settings(folder)


def test_the_shipped_encoder_is_the_one_that_is_set() -> None:
    assert load_settings().encoder == "embedded"


@pytest.mark.parametrize("model", ["co-quan/mo-hinh", "mo-hinh", "/srv/mô hình", r"C:\\mo-hinh"])
def test_a_model_is_named_or_given_by_its_path(model: str, tmp_path: Path) -> None:
    settings = naming(f'"sentence-transformers:{model}"', tmp_path)
    assert settings.encoder == "sentence-transformers:" + model.replace(r"\\", "\\")


@pytest.mark.parametrize(
    "encoder", ['"e5"', '"sentence-transformers"', '"sentence-transformers: "', '""', "3", "[]"]
)
def test_anything_else_is_refused(encoder: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r'“search\.encoder” chỉ nhận "embedded" hoặc'):
        naming(encoder, tmp_path)
