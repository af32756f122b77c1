"""Schemas in RELAX NG, as they are written and as tables."""
