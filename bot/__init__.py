"""What is said to whom: the assistant, its channels, the command line."""
