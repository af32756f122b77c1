"""From objects to text: documents, the two ways to write an object, and which values may be written."""
