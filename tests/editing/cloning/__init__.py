"""Another guest of a domain."""
