"""Releases of libvirt: which is meant, which systems come with it, and the grammar of each."""

from .choosing import Chosen, choose, is_older, not_older, number

__all__ = ["Chosen", "choose", "is_older", "not_older", "number"]
