"""Which names and pieces of a text hold secrets."""
