"""Targets beside what was reached: in words, as a picture, as a report."""
