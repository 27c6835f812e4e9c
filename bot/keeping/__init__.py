"""Keeping the documents: uploads and their review, replacing, ending, withdrawing, undoing."""
