"""What may stand on the command line, and what was said."""
