"""What is kept of a document besides its fields: unknown content and its places, comments, what is outside."""
