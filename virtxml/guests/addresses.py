"""Addresses of servers as people write them."""

from __future__ import annotations


def host_and_port(text: str) -> tuple[str, str | None]:
    """Split "HOST:PORT"; a host with colons stands in brackets, or has no port.

    Returns the host, empty if it is lacking, and what is written behind its colon, None if there is no colon.
    """
    if text.startswith("["):
        host, _, behind = text[1:].partition("]")
        return host, behind.lstrip(":") if behind else None
    host, colon, port = text.rpartition(":")
    if not colon or ":" in host:
        return text, None
    return host, port
