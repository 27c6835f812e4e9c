"""The home directory: where everything that the assistant knows and remembers lies.

Exception
└── HomeError    the home cannot be used
"""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "CCHC_HOME"


class HomeError(Exception):
    """The home cannot be made, read or written; the message is a Vietnamese sentence."""


def resolve_home(option: Path | None) -> Path:
    """Say where the home is; nothing is made.

    Args:
        option: what the user gave as `--home`.

    Returns:
        That folder, else the one in the environment variable CCHC_HOME, else the platform's
        folder for the user's data.

    Raises:
        HomeError: the path starts with the home of a user who does not exist.
    """
    named = option or Path(os.environ.get(VARIABLE, "").strip())
    if named != Path():
        try:
            return named.expanduser().absolute()
        except RuntimeError as error:
            raise HomeError(f"Không hiểu đường dẫn {named}; hãy ghi đường dẫn đầy đủ.") from error
    from platformdirs import user_data_path

    return user_data_path("cchc", appauthor=False)
