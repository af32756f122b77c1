"""Schemas in RELAX NG as they are written: read, and made into patterns."""
