"""People's editors: which one is opened, and what stands above a document in it."""
