"""Reminders of deadlines: who wants which, when they are written, as a calendar."""
