"""How `cchc serve` holds up: under load, at its start, in a browser."""
