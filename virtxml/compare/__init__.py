"""Two documents beside each other: what differs in what they say, and what follows from it."""
