"""Plain data as JSON, where no key is there twice. That numbers are whole ones is asked where they are used."""

from __future__ import annotations

import json
from typing import Any

from virtxml.errors import DataError, ParseError
from virtxml.scalars import MOST


def to_json(data: Any) -> str:
    """Return plain data as JSON, indented, with a line feed at the end."""
    return f"{json.dumps(data, ensure_ascii=False, indent=2)}\n"


def from_json(text: str | bytes) -> Any:
    """Return the plain data of JSON, as bytes in UTF-8, UTF-16 or UTF-32.

    Raises ParseError for what is no JSON, and DataError for a key that is there twice and for a number of more digits
    than any field takes.
    """
    try:
        if isinstance(text, bytes):
            text = text.decode(json.detect_encoding(text))
        return json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_object, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise ParseError(
            f"this is no JSON: {error.msg[:1].lower()}{error.msg[1:]}", error.lineno, error.colno
        ) from None
    except UnicodeDecodeError:
        raise ParseError("this is no JSON: it is not in UTF-8") from None
    except RecursionError:
        raise ParseError("objects are nested too deeply") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            from virtxml.diagnostics.display import shortened

            raise DataError(f'the key "{shortened(name)}" is there twice in one object')
        found[name] = value
    return found


def _whole(text: str) -> int:
    number = int(text) if len(text) <= len(str(MOST)) else MOST
    if not -MOST < number < MOST:
        raise DataError("a number has more digits than any of libvirt's")
    return number
