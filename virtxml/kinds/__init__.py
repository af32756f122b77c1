"""Kinds of documents and of parts of them: which there are, and which of them a text is."""
