"""virsh's commands as changes of documents, and as documents: `attach-disk`, `setvcpus`, `net-update` and so on.

`commands` has a module per thing that they are about; `command` the words in which they are declared; `arguments` how
virsh's arguments are read; `help` what is told of a command. Commands change models and return texts: files and output
are no concern of theirs.
"""

from __future__ import annotations
