"""Measuring: retrieval over a corpus, answers to question sets, the threshold of "not known"."""
