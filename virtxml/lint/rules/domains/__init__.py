"""Rules about guests, a package for each area."""
