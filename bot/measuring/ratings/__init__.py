"""Measuring the ratings: made-up ones, speed, kills."""
