"""The people behind the assistant: the officials' queue, their answers, their letters."""
