"""`python -m codegen.observe --schemas DIR DOCUMENT…`: see in which order libvirt writes things, and what is usual.

For `[order]` and `usual` in `names.toml`. Reads documents that libvirt formatted, and prints an entry for each class
whose attributes or children do not come in the order that the classes have now. What it prints is a proposal: what no
document shows keeps its place. Then it prints which children are usual in the element that holds them.
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
from .passes.modules import may_stay
from .pipeline import build_models, releases_in

Pairs = Counter[tuple[str, str]]
USUAL = 0.5
"""In which part of the elements that may hold a child it is, at least, for it to be usual."""


class Observer:
    """Counts, for each class, which field stood before which, and how often each child was there."""

    def __init__(self, models: list[ClassModel], prefixes: dict[str, str]) -> None:
        self.prefixes = prefixes
        self.roots = {model.path: model for model in models if "/" not in model.path}
        self.pairs: dict[ClassModel, Pairs] = {}
        self.met: Counter[ClassModel] = Counter()
        self.held: Counter[ClassModel] = Counter()

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
        held = set()
        for child in element:
            tag = self._tag(child)
            field = children.get(tag)
            if field is None:
                continue
            for member in field.members:
                fits = not field.union_by or child.get(field.union_by) == member.variant
                if self._key(member.xml) == tag and fits:
                    held.add(member.target)
                    self._watch(child, member.target)
                    break
        self.met[model] += 1
        self.held.update(held)

    def proposals(self) -> dict[str, list[str]]:
        """Return the order of the classes that are in another one now."""
        found = {}
        for model, pairs in self.pairs.items():
            now = [field.key for field in model.fields]
            best = _sorted(now, pairs)
            if best != now:
                found[model.path] = [key for key in best if key != "text()"]
        return found

    def usual(self) -> list[str]:
        """Return the children that are usual in the only class that holds them."""
        return [
            model.path
            for model, times in self.held.items()
            if may_stay(model) and times >= USUAL * self.met[model.parents[0]]
        ]


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
    print("usual = [", *(f'  "{path}",' for path in sorted(observer.usual())), "]", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
