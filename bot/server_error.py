"""Trouble of the server as a whole.

Exception
└── ServerError    the server cannot run
"""


class ServerError(Exception):
    """The server cannot run; the message is a Vietnamese sentence."""
