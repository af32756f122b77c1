"""A document as somebody wrote it, with its model: what changes in the model changes in the text."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

from virtxml.catalogue import COLLECTIONS, WRAPPERS
from virtxml.codec.reading.document import check_source
from virtxml.errors import ParseError
from virtxml.kinds.reading import read_text
from virtxml.node import Node
from virtxml.source.decoding import Decoded, decode_strictly
from virtxml.source.edits import Edit, apply
from virtxml.source.lines import Lines
from virtxml.source.tree import parsed

from .manuscript import Manuscript
from .origins import Origins, objects
from .remarks import around, rewritten, without_remarks
from .splices import Splices

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from os import PathLike

    from virtxml.source.elements import Element, Tree

N = TypeVar("N", bound=Node)


class Document(Generic[N]):
    """A document as it is written, and as a model.

    Change the model; `to_text` and `to_bytes` say what the document is then. What the model says as before stays as it
    is written: comments, blank lines, quotes, order, encoding, all of it. New elements are written as their neighbours
    are, where libvirt would write them.

    Attributes:
        model: the document as an object of one of the classes, to be changed. Another one may be put in its place.
        path: the file that it was read from; None if that was none.
        drop_comments: whether comments directly above an element that is removed go with it. They stay otherwise.
    """

    model: N

    def __init__(self, source: str | bytes, model: N, path: str | PathLike[str] | None = None) -> None:
        """Take a text, and the model that was read from it. `read` and `parse` do both."""
        self._source = source
        self._decoded = decoded(source)
        self.model = model
        self.path = path
        self.drop_comments = False
        # What each object of the model was read from: the same number in another reading of the same text.
        self._read = objects(model)

    @property
    def encoding(self) -> str:
        """The encoding of the document, by its name in Python."""
        return self._decoded.encoding

    @overload
    @classmethod
    def parse(cls, source: str | bytes, kind: type[N]) -> Document[N]: ...
    @overload
    @classmethod
    def parse(cls, source: str | bytes, kind: str | None = None) -> Document[Node]: ...
    @classmethod
    def parse(cls, source: str | bytes, kind: type[Node] | str | None = None) -> Document[Any]:
        """Read a document, or a part of one, from text; ``kind`` is as for `virtxml.parse`, which raises the same.

        Raises ParseError for bytes that are not in the encoding that they are said to be in, too.
        """
        return Document(source, cast("Node", read_text(source, kind)))

    @overload
    @classmethod
    def read(cls, path: str | PathLike[str], kind: type[N]) -> Document[N]: ...
    @overload
    @classmethod
    def read(cls, path: str | PathLike[str], kind: str | None = None) -> Document[Node]: ...
    @classmethod
    def read(cls, path: str | PathLike[str], kind: type[Node] | str | None = None) -> Document[Any]:
        """Read a document, or a part of one, from a file, as `parse` does. Raises OSError if that cannot be read."""
        with open(os.fspath(path), "rb") as file:
            source = file.read()
        try:
            found = Document.parse(source, kind)
        except ParseError as error:
            raise ParseError(error.reason, error.line, error.column, str(path)) from None
        found.path = path
        return found

    def changes(self) -> list[Edit]:
        """Return which pieces of the text to replace by what, in their order; nothing if the model is as it was.

        Offsets count characters, without a byte order mark. Raises what `Node.to_xml` raises for a model that cannot be
        written, and ValueError if the text could not be read again as the model is.
        """
        try:
            return self._changes()
        except (AttributeError, TypeError, ValueError):
            self.model.to_xml()  # says where in the model something is that cannot be written
            raise

    def _changes(self) -> list[Edit]:
        text = self._decoded.text
        before = self._again(text)
        tree = parsed(text)
        root = root_of(tree, before.xml_name)
        manuscript = Manuscript(tree, root, drop_comments=self.drop_comments)
        splices = Splices(manuscript, Origins(self._read, objects(before)))
        found = splices.find(before, self.model)
        if self._read and self.model is self._read[0]:
            # Another model in its place knows nothing of what stands around the text.
            found += around(text, root, manuscript.style, before.extra, self.model.extra)
        edits = [edit for edit in sorted(found, key=lambda one: one[:2]) if text[edit.start : edit.end] != edit.text]
        if (edits or before != self.model) and not self._says_it(apply(text, edits)):
            # Nothing can be moved across some things, such as text between elements.
            edits = [Edit(*root.span, rewritten(tree, root, before.to_xml(), self.model.to_xml()))]
            if not self._says_it(apply(text, edits)):
                raise ValueError(f"the text of the {type(self.model).__name__} could not be read again as what it is")
        return edits

    def to_text(self) -> str:
        """Return the document as characters, without a byte order mark. Raises as `changes` does."""
        return apply(self._decoded.text, self.changes())

    def to_bytes(self) -> bytes:
        """Return the document as bytes, in the encoding that it was read in. Raises as `changes` does."""
        return self._bytes_of(self.to_text())

    def diff(self, *, context: int = 3) -> str:
        """Return the unified difference to the text that was read, with some lines around each; "" without changes."""
        import difflib  # seldom asked for, and slow to load

        name = "" if self.path is None else str(self.path)
        before, after = self._decoded.text.splitlines(keepends=True), self.to_text().splitlines(keepends=True)
        lines = difflib.unified_diff(before, after, name, name, n=context)
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)

    def save(self, path: str | PathLike[str] | None = None) -> None:
        """Write the document to its file, or to another one, which becomes its file.

        The file is replaced at once or not at all, and keeps its owner, mode and attributes; what a link leads to is
        replaced, and a file with several names keeps them. Without changes, its own file is left alone.

        Raises OSError if the file cannot be written, or if something else is in it than what was read; ValueError
        without any path, and as `changes` does. Then, nothing has changed.
        """
        from .saving import replace_file, write_new

        target = self.path if path is None else path
        if target is None:
            raise ValueError("it was not read from a file: say where to save it")
        before = self._bytes_of(self._decoded.text)
        text = self.to_text()
        content = self._bytes_of(text)
        if self.path is not None and os.fspath(target) == os.fspath(self.path):
            replace_file(target, before, content)
        elif os.path.lexists(target):
            with open(target, "rb") as file:
                replace_file(target, file.read(), content)
        else:
            write_new(target, content)
        self.path = target
        self._decoded = self._decoded._replace(text=text)
        read, again = objects(self.model), objects(self._again(text))
        # Values that a program has set may be read as objects of another shape.
        same = len(read) == len(again) and all(type(one) is type(other) for one, other in zip(read, again, strict=True))
        self._read = read if same else []

    def _again(self, text: str) -> N:
        """Return what a text says, read anew."""
        return cast("N", read_text(text, type(self.model)))

    def _says_it(self, text: str) -> bool:
        """Tell whether a text is read as what the model is."""
        if self._again(text) == self.model:
            return True
        # A program may have set "4" where 4 is read, or what makes an element one that no class knows, in which
        # comments count: those that the model holds, and no others.
        wanted, tree = self.model.to_xml(), parsed(text)
        found = without_remarks(tree, root_of(tree, self.model.xml_name), wanted)
        return self._again(found) == self._again(wanted)

    def _bytes_of(self, text: str) -> bytes:
        """Return characters as bytes. Raises ValueError if the encoding lacks one where no reference may stand."""
        data = self._decoded.encode(text)
        if not self._decoded.encoding.startswith("utf") and decode_strictly(data).text != text:
            found = cast("N", read_text(data, type(self.model)))
            if found != self._again(text):
                raise ValueError(f"{self._decoded.encoding} lacks a character that the document would hold")
        return data


class _Editing(Generic[N]):
    """A document that is changed in a `with` block."""

    def __init__(self, document: Document[N]) -> None:
        self._document = document

    def __enter__(self) -> N:
        return self._document.model

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._document.save()


@overload
def edit(path: str | PathLike[str], kind: type[N]) -> AbstractContextManager[N, None]: ...
@overload
def edit(path: str | PathLike[str], kind: str | None = None) -> AbstractContextManager[Node, None]: ...
def edit(path: str | PathLike[str], kind: type[Node] | str | None = None) -> AbstractContextManager[Any, None]:
    """Read a document from a file for a `with` block, and save it at the end of the block.

    After an exception in the block, the file is as it was. Raises what `Document.read` and `Document.save` raise.
    """
    return _Editing(Document.read(path, kind))


def decoded(source: str | bytes) -> Decoded:
    """Return the characters of a source. Raises ParseError if they would not be the same bytes again."""
    check_source(source)
    found = decode_strictly(source)
    if found.wrong is not None:
        line, column = Lines(found.text).place(found.wrong.span[0])
        raise ParseError(f"{found.wrong.message}; {found.wrong.help}", line, column)
    if isinstance(source, bytes) and not found.encoding.startswith("utf-8") and found.encode(found.text) != source:
        raise ParseError(f"the document could not be written again as it is in {found.encoding.upper()}")
    return found


def root_of(tree: Tree, name: str) -> Element:
    """Return the element that was read, which may be inside one of libvirt's status files, or alone in a collection."""
    root = tree.root
    if root.name == name:
        return root
    if root.name in COLLECTIONS:
        found = [child for child in root.children if child.name in (name, *WRAPPERS)]
        root = next((child for child in found if child.name == name), found[0])
    if root.name in WRAPPERS and root.name != name:
        root = next(child for child in root.children if child.name == WRAPPERS[root.name])
    return root
