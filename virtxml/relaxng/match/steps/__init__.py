"""What remains of a pattern behind an attribute, a start tag, text: one step each."""
