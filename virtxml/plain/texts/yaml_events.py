"""The events of which YAML is made, as ruamel.yaml finds them in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Iterator

MISSING = "YAML needs ruamel.yaml: pip install 'virtxml[yaml]'"
"""What is wrong where ruamel.yaml is not installed."""


def parsed(text: str | bytes) -> Iterator[Any]:
    """Iterate over the events of YAML. Raises as `from_yaml` does."""
    try:
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError
    except ModuleNotFoundError:
        raise ModuleNotFoundError(MISSING) from None
    reader: Any = YAML(typ="safe", pure=True)
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-16" if text[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        yield from reader.parse(text)
    except UnicodeDecodeError:
        raise ParseError("this is no YAML: it is not in UTF-8") from None
    except MarkedYAMLError as error:
        reason = error.problem or error.context or "it cannot be read"
        raise wrong(f"this is no YAML: {reason}", error.problem_mark or error.context_mark) from None
    except YAMLError as error:
        reason = str(error).splitlines()[0]
        raise ParseError(f"this is no YAML: {reason}") from None


def wrong(reason: str, mark: Any) -> ParseError:
    """Return the error of a place."""
    return ParseError(reason) if mark is None else ParseError(reason, mark.line + 1, mark.column + 1)
