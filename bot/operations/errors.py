"""The error of this package.

Exception
└── OperationError    a backup, a restoring or a setting-up cannot be done
"""

from __future__ import annotations


class OperationError(Exception):
    """Something cannot be done; the message is a Vietnamese sentence: what is wrong, what to do."""
