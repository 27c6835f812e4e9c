"""What is known: documents read from files, cut along their structure, dated, kept."""
