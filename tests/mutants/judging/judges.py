"""Who judges documents: libxml2 through lxml, jing, and virtxml."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from virtxml.catalogue import NEWEST

from ..making.schemas import schema_path, validator

_FOLLOWED = 3
_AT_ONCE = 1000
"""How many documents one run of jing gets: its start takes longer than hundreds of documents."""
_JING_LINE = re.compile(r"(?P<file>\d+)\.xml:(?P<line>\d+):(?P<column>\d+): (?:fatal|error): (?P<message>.*)")


@dataclass(frozen=True, slots=True)
class Text:
    """A document to judge, the file of its schema, the release of libvirt, and whether to do what is said of it."""

    text: str
    schema: str
    release: str = NEWEST
    follow: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a judge says of a place: line and column (None where it knows none), message, what it suggests.

    ``works`` is whether it helps to do what it says, None if it says nothing to do.
    """

    line: int | None
    column: int | None
    message: str
    suggestions: tuple[str, ...] = ()
    works: bool | None = None


Findings = Sequence[Finding]
Judge = Callable[[Sequence[Text]], list[Findings]]
"""What returns the findings for each document, in order of the document; none for a valid one."""


def libxml2(texts: Sequence[Text]) -> list[Findings]:
    """Judge documents by `lxml.etree.RelaxNG`."""
    found: list[Findings] = []
    for text in texts:
        schema = validator(schema_path(text.schema, text.release))
        if schema.validate(etree.fromstring(text.text.encode())):
            found.append([])
            continue
        found.append([Finding(error.line, None, error.message) for error in schema.error_log])
    return found


def virtxml(texts: Sequence[Text]) -> list[Findings]:
    """Judge documents by `virtxml.validate`. Warnings are of what is valid, and do not count."""
    from virtxml.validation import validate

    from .advice import works

    found: list[Findings] = []
    for text in texts:
        errors = [one for one in validate(text.text, libvirt=text.release) if one.severity == "error"]
        # More than a few findings are no answer to a single mistake anyway.
        helps = [works(text.text, one, errors) for one in errors[:_FOLLOWED]] if text.follow else []
        helps += [None] * (len(errors) - len(helps))
        found.append(
            [
                Finding(one.line, one.column, f"{one.code} {one.message} | {one.help}", tuple(one.suggestions), help_)
                for one, help_ in zip(errors, helps, strict=True)
            ]
        )
    return found


def jing(texts: Sequence[Text]) -> list[Findings]:
    """Judge documents by jing. Raises RuntimeError if it says something that is no finding."""
    found: list[Findings] = [[] for _ in texts]
    by_schema: dict[Path, list[int]] = {}
    for number, text in enumerate(texts):
        by_schema.setdefault(schema_path(text.schema, text.release), []).append(number)
    for schema, numbers in by_schema.items():
        for start in range(0, len(numbers), _AT_ONCE):
            _run_jing(texts, schema, numbers[start : start + _AT_ONCE], found)
    return found


def _run_jing(texts: Sequence[Text], schema: Path, numbers: Sequence[int], found: list[Findings]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        for number in numbers:
            (Path(directory) / f"{number}.xml").write_text(texts[number].text, encoding="utf-8")
        command = ["jing", "-i", str(schema), *(f"{number}.xml" for number in numbers)]
        run = subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)
    by_number: dict[int, list[Finding]] = {}
    for line in run.stdout.splitlines():
        match = _JING_LINE.search(line)
        if not match:
            raise RuntimeError(f"jing says: {line}")
        finding = Finding(int(match["line"]), int(match["column"]), match["message"])
        by_number.setdefault(int(match["file"]), []).append(finding)
    if run.returncode not in {0, 1} or (run.returncode == 1) != bool(by_number):
        raise RuntimeError(f"jing failed: {run.stderr.strip()}")
    for number, findings in by_number.items():
        found[number] = findings


JUDGES: dict[str, Judge] = {"libxml2": libxml2, "jing": jing, "virtxml": virtxml}


def available(names: Sequence[str] = tuple(JUDGES)) -> dict[str, Judge]:
    """Return those of the judges that are here."""
    import virtxml as package

    here = {"libxml2": True, "jing": shutil.which("jing") is not None, "virtxml": hasattr(package, "validate")}
    return {name: JUDGES[name] for name in names if here[name]}
