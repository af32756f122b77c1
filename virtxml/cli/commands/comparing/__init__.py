"""The commands that compare documents, or say what one becomes elsewhere."""
