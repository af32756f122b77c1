"""Values of a model by the way to them in XML, such as `devices/disk[target.dev=vda]/driver/@cache`.

`get`, `set_` and `unset` read, set and take away; docs/paths.md tells how ways are written.
"""

from __future__ import annotations

from .changing import set_ as set_
from .changing import unset as unset
from .errors import PathError as PathError
from .finding import get as get
from .steps import Assignment as Assignment
from .steps import Path as Path
