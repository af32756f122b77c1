"""What clones of guests need of a host: what is there that they must not run into, and copies of their images."""

from __future__ import annotations

from .surroundings import HostSurroundings as HostSurroundings
