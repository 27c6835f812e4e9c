"""Measuring the whole assistant: development sets and their floors, the threshold, speed."""
