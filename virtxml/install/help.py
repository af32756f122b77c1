"""`--disk help` and `--disk=?`: the sub-options of an option, with their types and values."""

from __future__ import annotations


def option_help(option: str) -> str:
    """Return what there is to know of an option's sub-options, a line each. Raises InstallError for no such option."""
    raise NotImplementedError
