"""Zalo: a bot of the Bot Platform, and an Official Account."""
