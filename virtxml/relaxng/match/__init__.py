"""Patterns, and what remains of them as a document goes by: the verdict."""
