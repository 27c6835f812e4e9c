"""Answering in processes of their own: of a process only one thread at a time runs Python."""
