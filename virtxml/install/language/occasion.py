"""Apply one occurrence of an option: keys and values to the model, in the order of the declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...diagnostics.suggest import did_you_mean, nearest
from ...records import Record
from ...scalars import escape_text
from ...source.secrets.names import is_secret_key
from ..errors import InstallError
from .late import XPATH_SUBS
from .paths import accepted_words, all_paths, elements_of, locate, prune, set_unknown, switch
from .work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...node import Node
    from ...schema.domain import Domain
    from ..command_line.said import OptionString
    from .applied import Applied
    from .declaring import Match, Option, Sub


class Setting(Record, frozen=True):
    """A key as the user wrote it, what it stands for, and its value; no match for a path of the model."""

    key: str
    match: Match | None
    value: str


class Occasion(Work):
    """Work on an occurrence by the declaration of its option.

    Attributes:
        option: the declaration.
    """

    def __init__(self, option: Option, occurrence: OptionString, domain: Domain, applied: Applied) -> None:
        super().__init__(occurrence, domain, applied)
        self.option = option

    def run(self) -> None:
        """Apply the occurrence. Raises InstallError for a key or a value that is wrong."""
        settings = self.settings()
        spared = frozenset() if self.is_new or self.node is None else frozenset(map(id, elements_of(self.node)))
        if self.option.start is not None:
            self.option.start(self)
        for setting in settings:
            self._apply(setting)
        self.key = None
        if self.option.end is not None:
            self.option.end(self)
        if self.node is not None:
            prune(self.node, None if self.option.element else self.option.roots, spared)

    def settings(self) -> list[Setting]:
        """Return what the user said, in the order in which it is applied.

        A key that is repeated counts once, where it stood first, with the value that stood last.
        """
        found: dict[str, Setting] = {}
        before = ""
        for key, value in self._pairs():
            self.key = key
            match = self._find(key)
            if match is None and not self._is_path(key):
                raise self._unknown(key, before)
            before = key
            if value is None:
                raise self.error("a value is missing")
            setting = Setting(key, match, value)
            found[key] = setting if key not in found else found[key].changed(value=value)
        last = len(self.option.subs)
        return sorted(found.values(), key=lambda each: last if each.match is None else each.match.sub.order)

    def _pairs(self) -> list[tuple[str, str | None]]:
        """Return keys and values, after the first names have been put in and values with commas have been joined."""
        try:
            tokens = self.option.split(self.text)
        except ValueError as error:
            raise self.error(str(error)) from None
        self.items = list(tokens)
        for number, key in enumerate(self.option.first):
            if number < len(tokens) and tokens[number][1] is None:
                tokens[number] = (key, tokens[number][0])
            else:
                break
        joined: list[tuple[str, str | None]] = []
        for key, value in tokens:
            if joined and self._goes_on(joined[-1], key, value):
                before = joined[-1]
                joined[-1] = (before[0], f"{before[1]},{key}" if value is None else f"{before[1]},{key}={value}")
            else:
                joined.append((key, value))
        return joined

    def _find(self, key: str) -> Match | None:
        """Return the sub-option that a key stands for: one of the option, or one that all options with XML have."""
        found = self.option.find(key)
        return XPATH_SUBS.find(key) if found is None and self.option.element is not None else found

    def _goes_on(self, before: tuple[str, str | None], key: str, value: str | None) -> bool:
        """Return whether a token belongs to the value before it, as its key takes commas and this is no key."""
        if not before[1]:
            return False
        match = self._find(before[0])
        if match is None or not match.sub.comma:
            return False
        return value is None or self._find(key) is None

    def _is_path(self, key: str) -> bool:
        """Return whether a key is a path of the model, from the option's element."""
        cls = element_class(self.option)
        if cls is None:
            return False
        if not self.option.element and key.partition(".")[0] not in self.option.roots:
            return False
        try:
            locate(cls, key)
        except LookupError:
            return False
        return bool(key)

    def _unknown(self, key: str, before: str) -> InstallError:
        """Return the error for a key that there is not: behind a secret, it may be a part of it."""
        if is_secret_key(before):
            self.key = before
            return self.error("what is behind a comma in its value is no sub-option: put the value into quotes")
        near = self._without_aliases(nearest(key, [*self.option.keys, *model_paths(self.option)]))
        hint = did_you_mean(*near, lead=", ") or f" (see {self.option.name}=?)"
        self.key = None
        return self.error(f"there is no sub-option {key!r}{hint}")

    def _without_aliases(self, keys: Sequence[str]) -> list[str]:
        """Return keys without those that mean the same as one before."""
        found = {id(match.sub) if match else key: key for key in reversed(keys) for match in [self.option.find(key)]}
        return [key for key in keys if key in found.values()]

    def _apply(self, setting: Setting) -> None:
        self.key = setting.key
        match = setting.match
        self.sub = "" if match is None else match.sub.name
        if match is None:
            self.said[setting.key] = setting.value or None
            self.set(setting.key, setting.value or None, plain=False)
            return
        self.numbers = match.numbers
        sub = match.sub
        value = self._value(sub, setting.value)
        if sub.order >= 0:
            self.said[_spelled(sub.name, match.numbers, setting.key)] = value
        if sub.unset_by_default_word and value == "default":
            return
        if sub.handler is not None:
            sub.handler(self, value)
        elif sub.foreign and value is not None:
            assert self.node is not None
            set_unknown(self.node, match.path, value if isinstance(value, str) else "on" if value else "off")
        elif not sub.foreign:
            self.set(match.path, value, plain=not sub.verbatim)
            self._doubt(match.path, value)

    def _value(self, sub: Sub, text: str) -> str | bool | None:
        if text == "":
            return None
        try:
            value: str | bool = switch(text) if sub.switch else text
            escape_text(text)
        except ValueError as error:
            raise self.error(str(error), text) from None
        return value

    def _doubt(self, path: str, value: str | bool | None) -> None:
        """Note a word that the schemas do not list, and the nearest: it is an error if it comes into the document."""
        words = accepted_words(type(self.node), path)  # type: ignore[arg-type]
        if isinstance(value, str) and words and not value.isdigit():
            try:
                self.require(value, words)
            except InstallError as error:
                self.applied.doubts.append(error)


def _spelled(name: str, numbers: tuple[int, ...], key: str) -> str:
    """Return a sub-option's name with the numbers of a key in it, none where the key has none."""
    if "*" not in name or not any(char.isdigit() for char in key):
        return name.replace("*", "")
    head, *parts = name.split("*")
    return head + "".join(f"{number}{part}" for number, part in zip(numbers, parts, strict=False))


def model_paths(option: Option) -> list[str]:
    """Return the paths of the model that an option reaches beside its sub-options."""
    cls = element_class(option)
    if cls is None:
        return []
    declared = {sub.path.replace("*", "") for sub in option.subs}
    paths = dict.fromkeys(path for path, _ in all_paths(cls))
    roots = option.roots
    return [path for path in paths if path not in declared and (option.element or path.partition(".")[0] in roots)]


def element_class(option: Option) -> type[Node] | None:
    """Return the class of an option's element; None for an option that sets no XML."""
    from ...schema.domain import Domain

    if option.element is None:
        return None
    cls: type[Node] = Domain
    for name in filter(None, option.element.split(".")):
        (found,) = cls.xml_fields[name].classes().values()
        cls = found  # type: ignore[assignment]
    return cls
