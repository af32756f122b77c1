"""What is not well-formed in a text, and what to write instead."""
