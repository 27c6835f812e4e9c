"""One-time codes that give a role: 86 bits, written so that they can be read out and typed."""

from __future__ import annotations

import re
import secrets

# Without vowels no word comes out; without digits nothing looks like a number of an identity card,
# which would be masked. Twenty letters of twenty make 86 bits.
LETTERS = "bcdfghjkmnpqrstvwxyz"
LENGTH = 20
GROUP = 4

_CODE = re.compile(rf"((?:[{LETTERS}][\s-]*){{{LENGTH}}})(?![^\W\d_])", re.IGNORECASE)


def new_code() -> str:
    """Return a new code in groups of four letters."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(letters[i : i + GROUP] for i in range(0, LENGTH, GROUP))


def split_code(typed: str) -> tuple[str, str]:
    """Return the letters of the code that stands first in `typed`, and what follows it.

    Where there is none, the first word is taken for one that is wrong.
    """
    found = _CODE.match(typed.strip())
    if found is None:
        first, _, rest = typed.strip().partition(" ")
        return first.lower(), rest.strip()
    letters = re.sub(r"[\s-]", "", found[1]).lower()
    return letters, typed.strip()[found.end() :].strip()
