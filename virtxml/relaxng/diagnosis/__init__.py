"""What is wrong with a document that does not match: each mistake once."""
