"""What Zalo's servers can answer instead of doing as asked.

Exception
└── ZaloError             refused, and it would be refused again
    ├── UnreachableError  the person cannot be written to, at least not now
    ├── TokenError        the token is wrong, used up or expired
    │   └── LostError     no token is left to get another one with: somebody has to bring one
    └── BusyError         not now: too much at once, trouble over there, or no connection
"""

from __future__ import annotations


class ZaloError(Exception):
    """Zalo refused a call.

    Args:
        code: Zalo's number for it, or the HTTP status.
        what: a few words of our own; never what was sent, nor an address with a token in it.
    """

    def __init__(self, code: int, what: str = "refused") -> None:
        super().__init__(f"{what} ({code})")
        self.code = code


class UnreachableError(ZaloError):
    """The person left, blocked us, or wrote too long ago."""


class TokenError(ZaloError):
    """The token does not count, or no longer."""


class LostError(TokenError):
    """No token can be had any more; the message is a Vietnamese sentence for the operator.

    Args:
        message: what happened and what to do.
    """

    def __init__(self, message: str) -> None:
        super().__init__(0)
        self.args = (message,)


class BusyError(ZaloError):
    """It may work later."""
