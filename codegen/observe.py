"""`python -m codegen.observe --schemas DIR DOCUMENT…`: see in which order libvirt writes things.

For `[order]` in `names.toml`. Reads documents that libvirt formatted, and prints an entry for each class whose
attributes or children do not come in the order that the classes have now. What it prints is a proposal: what no
document shows keeps its place.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from lxml import etree

from virtxml.relaxng.match.nameclass import Name

from .model import ClassModel
from .names import read_names
from .pipeline import build_models, releases_in

Pairs = Counter[tuple[str, str]]


class Observer:
    """Counts, for each class, which field stood before which."""

    def __init__(self, models: list[ClassModel], prefixes: dict[str, str]) -> None:
        self.prefixes = prefixes
        self.roots = {model.path: model for model in models if "/" not in model.path}
        self.pairs: dict[ClassModel, Pairs] = {}

    def _key(self, name: Name) -> str:
        return f"{self.prefixes[name.ns]}:{name.local}" if name.ns in self.prefixes else name.local

    def _tag(self, element: etree._Element) -> str:
        if not isinstance(element.tag, str):
            return ""
        name = etree.QName(element)
        return self._key(Name(name.namespace or "", name.localname))

    def watch(self, root: etree._Element) -> None:
        """Count what one document shows."""
        cpu = "guestcpu" if root.find("arch") is None else "hostcpu"
        model = self.roots.get(cpu if root.tag == "cpu" else root.tag)
        if model:
            self._watch(root, model)

    def _watch(self, element: etree._Element, model: ClassModel) -> None:
        pairs = self.pairs.setdefault(model, Counter())
        fields = {field.key: field for field in model.fields}
        children = {self._key(member.xml): field for field in model.fields for member in field.members}
        keys = [children[tag].key if tag in children else tag for tag in map(self._tag, element)]
        for sequence in ([f"@{name!s}" for name in element.attrib], list(dict.fromkeys(keys))):
            known = [key for key in sequence if key in fields]
            pairs.update((one, other) for index, one in enumerate(known) for other in known[index + 1 :])
        for child in element:
            tag = self._tag(child)
            field = children.get(tag)
            if field is None:
                continue
            for member in field.members:
                fits = not field.union_by or child.get(field.union_by) == member.variant
                if self._key(member.xml) == tag and fits:
                    self._watch(child, member.target)
                    break

    def proposals(self) -> dict[str, list[str]]:
        """Return the order of the classes that are in another one now."""
        found = {}
        for model, pairs in self.pairs.items():
            now = [field.key for field in model.fields]
            best = _sorted(now, pairs)
            if best != now:
                found[model.path] = [key for key in best if key != "text()"]
        return found


def _sorted(keys: list[str], pairs: Pairs) -> list[str]:
    """Sort keys so that each stands behind those that were mostly seen before it.

    What was not seen follows its neighbour.
    """
    seen = {key for pair in pairs for key in pair}
    left = [key for key in keys if key in seen]
    done: list[str] = []
    while left:
        behind = {key for key in left for other in left if pairs[other, key] > pairs[key, other]}
        pick = next((key for key in left if key not in behind), left[0])
        done.append(pick)
        left.remove(pick)
    for index, key in enumerate(keys):
        if key not in seen:
            done.insert(done.index(keys[index - 1]) + 1 if index else 0, key)
    return done


def main() -> int:
    """Print the proposals."""
    parser = argparse.ArgumentParser(prog="python -m codegen.observe", description=__doc__)
    parser.add_argument("--schemas", type=Path, required=True)
    parser.add_argument("documents", type=Path, nargs="+")
    options = parser.parse_args()
    names = read_names()
    observer = Observer(build_models(options.schemas, releases_in(options.schemas), names), names.prefixes)
    for path in options.documents:
        observer.watch(etree.parse(str(path)).getroot())
    for path, keys in observer.proposals().items():
        print(f'"{path}" = [')
        print(*(f'  "{key}",' for key in keys), sep="\n")
        print("]")
    return 0


if __name__ == "__main__":
    sys.exit(main())
