"""From text to objects: documents, and the two ways to read an element into an object of its class."""
