"""Which names and values are secret: they are shown in no message, no report and no `repr`.

Everything that shows text or values of a document asks here. What libvirt's schemas have of secrets is decided in the
generator's `names.toml`; here is what it is called by those who misspell it, and in what no schema knows.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from virtxml.catalogue import SECRETS as IN_SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterable

SECRETS = frozenset({*IN_SCHEMAS, "cookies", "password", "passphrase", "secret", "vncpasswd", "token"})
"""Names of attributes and elements whose values are not shown; nor are those of names that are one slip away."""
_NO_SECRETS = frozenset({"passwdvalidto"})
"""Names that look like those of secrets."""
LOOSE = frozenset({"graphics", "auth", "encryption"})
"""Elements about secrets: text in them, where none belongs, may well be one."""
_AROUND = frozenset({"sysinfo", "oemStrings", "entry", "env", "initenv"})
"""Elements with secrets in them or around them, under names that do not tell."""
_CREDENTIALS = r"passphrase|token|credential|api_?key|private_?key"
ASSIGNED = rf"pas{{1,2}}w|secret|cookie|{_CREDENTIALS}"
"""What secrets are assigned to, in values and in anybody's words; a regular expression for any case of letters."""
_WORD = re.compile(rf"passw|{_CREDENTIALS}|vncpw|pass\Z|pwd|chapkey", re.IGNORECASE)
"""What names of secrets have in them, of variables and elements that libvirt does not know."""
_TELLING = re.compile(
    rf"(?:{ASSIGNED})[\w.-]{{0,60}}\s{{0,9}}[=:,]\s{{0,9}}\S"
    r"|://[^\s/@:\[]{0,200}:(?:[^\s/]{0,200}@|(?!\d{0,5}(?:[/?#\s]|\Z)))"
    r"|//[^\s/@:\[]{0,200}:[^\s/@]{1,200}@"
    r"|:\s{0,3}/?[^\s/@:]{1,100}@[\w\[]"
    r"|,string=\S|\bname=\S{1,200},string",
    re.IGNORECASE,
)
"""Values that tell by themselves that there is a secret in them: `password=…`, `secret,id=…`, `https://user:…@host`."""
_STRAY = re.compile(r"""</?[^<>\s]{0,100}>|[<>'"&\x00-\x08\u201c\u201d]""")
"""What does not belong in values."""
_UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
_LONGEST = 100
_SUB_OPTIONS = ("product-key", "entry", "session", "dhcert")
"""What virt-install's sub-options with secrets have in their names, beside what names in documents have."""


def is_secret(name: str) -> bool:
    """Tell whether values under a name are not to be shown; its prefix does not matter."""
    return _is_secret(name.rpartition(":")[2].lower()) if len(name) <= _LONGEST else False


def is_telling(value: str) -> bool:
    """Tell whether a value shows by itself that there is a secret in it."""
    if _TELLING.search(value) is not None:
        return True
    # What does not belong in a value may stand in the middle of what tells.
    return _STRAY.search(value) is not None and _TELLING.search(_STRAY.sub("", value)) is not None


def hides(value: str, names: Iterable[str] = ()) -> bool:
    """Tell whether a value must not be shown, by itself or by one of the names that it stands under."""
    return is_telling(value) or any(is_secret(name) for name in names)


def is_secret_key(key: str) -> bool:
    """Tell whether what is said of one of virt-install's sub-options, by name or by path, may be a secret."""
    return any(word in key.lower() for word in (*SECRETS, *_SUB_OPTIONS)) or any(map(is_secret, key.split(".")))


def is_uuid(text: str) -> bool:
    """Tell whether a text is a UUID, which names a secret and is none."""
    return _UUID.fullmatch(text) is not None


def may_hold_secret_text(name: str) -> bool:
    """Tell whether text in an element may be a secret, though it does not belong there."""
    around = LOOSE | _AROUND
    return is_secret(name) or name in around or any(len(one) > 4 and is_one_slip(name, one) for one in around)


def carries_secret(element: str, name: object) -> bool:
    """Tell whether what an element says may be a secret, by its name and what it is named: an `<entry>` or `<env>`."""
    named = name if isinstance(name, str) else ""
    return is_secret(named) or (element == "entry" and not named.replace("_", "").isalpha())


def is_one_slip(name: str, other: str) -> bool:
    """Tell whether two names are the same but for a character too many, missing or wrong, or two that are swapped."""
    if abs(len(name) - len(other)) > 1:
        return False
    same = 0
    while same < min(len(name), len(other)) and name[same] == other[same]:
        same += 1
    left, right = name[same:], other[same:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or swapped


@lru_cache(maxsize=1024)
def _is_secret(name: str) -> bool:
    if name in _NO_SECRETS:
        return False
    return _WORD.search(name) is not None or any(is_one_slip(name, secret) for secret in SECRETS)
