"""What builders take for values, and what they make of it."""
