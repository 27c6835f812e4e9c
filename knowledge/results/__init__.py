"""Results: what was reached, held against what was planned."""
