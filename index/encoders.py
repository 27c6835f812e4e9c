"""Which encoder the settings name."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from config.errors import ConfigError
from config.settings import EMBEDDED, FILE, SENTENCE_TRANSFORMERS, Settings
from index.encoder import Encoder, OnnxEncoder
from index.sentence_transformer_encoder import SentenceTransformerEncoder

KEY = "search.encoder"


def open_encoder(settings: Settings, home: Path) -> Encoder:
    """Return the encoder that the settings name.

    Args:
        settings: name the encoder and how many threads it has.
        home: where the relative path of a model begins; a folder there goes before a model of
            the same name on the hub.

    Raises:
        ConfigError: the model cannot be opened, or what opens it is not installed.
    """
    if settings.encoder == EMBEDDED:
        return OnnxEncoder(threads=settings.threads)
    name = settings.encoder.removeprefix(SENTENCE_TRANSFORMERS).strip()
    if find_spec("sentence_transformers") is None:
        problem = "cần thư viện chưa được cài; hãy chạy: pip install 'tro-ly-cchc[models]'"
        raise ConfigError(FILE, KEY, problem)
    folder = home / Path(name).expanduser()
    try:
        chosen = str(folder) if folder.is_dir() else name
        return SentenceTransformerEncoder.open(chosen, settings.threads)
    except Exception as error:
        # Whatever the libraries say of a model, it is the setting that can be changed.
        raise ConfigError(
            FILE,
            KEY,
            f"không mở được mô hình “{name}”; hãy ghi tên một mô hình trên Hugging Face (lần đầu"
            f" cần có mạng) hoặc một thư mục, tính từ {home}",
        ) from error
