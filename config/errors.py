"""Errors in what an official may change.

Exception
└── ConfigError    a file of config/ is missing, unreadable or holds a wrong value
"""

from __future__ import annotations


class ConfigError(Exception):
    """A configuration file that cannot be used.

    Attributes:
        file: name of the file.
        key: the entry that is wrong, "unit[3].kind"; empty where the whole file is meant.
    """

    def __init__(self, file: str, key: str, problem: str) -> None:
        """Compose the sentence that the user sees.

        Args:
            file: name of the configuration file.
            key: path of the entry inside it; empty for the whole file.
            problem: what is wrong, a Vietnamese clause that goes on from the key.
        """
        where = f"mục “{key}” " if key else ""
        super().__init__(f"Tệp cấu hình {file}: {where}{problem}.")
        self.file = file
        self.key = key
