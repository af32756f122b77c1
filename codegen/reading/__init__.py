"""What the schemas say: the shape of each element, and the kind of each text."""
