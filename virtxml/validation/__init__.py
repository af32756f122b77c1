"""Judge documents by libvirt's schemas, and say what is wrong with them."""

from .validator import NEWEST, RELEASES, Validator, Verdict, is_valid, require_valid, validate

__all__ = ["NEWEST", "RELEASES", "Validator", "Verdict", "is_valid", "require_valid", "validate"]
