"""What is said of a procedure: the rows that answer, the quotes they rest on, what is near it."""
