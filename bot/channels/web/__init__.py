"""The web page and the API for other programs."""
