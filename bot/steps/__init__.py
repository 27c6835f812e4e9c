"""The steps of an answer, in their order; each is one file."""
