"""How fast the Telegram channel answers, against an API server on this machine."""
