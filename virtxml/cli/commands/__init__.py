"""The commands, one a module: what they take, and what they do."""
