"""`.rng` files become patterns, as section 4 of the RELAX NG specification says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from virtxml.relaxng.match.nameclass import AnyName, Name, NameChoice, NsName, contains, names
from virtxml.relaxng.schema import syntax
from virtxml.relaxng.schema.reader import SchemaError, read_schema
from virtxml.relaxng.schema.syntax import Grammar, Pattern

NS = "xmlns='http://relaxng.org/ns/structure/1.0' datatypeLibrary='http://www.w3.org/2001/XMLSchema-datatypes'"


def read(directory: Path, text: str, **files: str) -> Grammar:
    """Read a schema from text; further files are named by keywords."""
    for name, other in {"main": text, **files}.items():
        directory.joinpath(f"{name}.rng").write_text(other)
    return read_schema(directory / "main.rng")


def grammar(content: str) -> str:
    return f"<grammar {NS}>{content}</grammar>"


def start(content: str) -> str:
    return grammar(f"<start>{content}</start>")


def shown(pattern: Pattern) -> str:
    """Show a pattern in one line; references are followed."""
    match pattern:
        case syntax.Ref():
            return shown(pattern.target)
        case syntax.Element() | syntax.Attribute():
            sign = "@" if isinstance(pattern, syntax.Attribute) else ""
            return f"{sign}{'|'.join(map(str, names(pattern.name))) or '*'}({shown(pattern.content)})"
        case syntax.Value():
            return f"'{pattern.text}'"
        case syntax.Data():
            return pattern.type
        case syntax.Composite() | syntax.Wrapper():
            return f"{type(pattern).__name__.lower()}({', '.join(map(shown, syntax.children(pattern)))})"
    return type(pattern).__name__.lower()


def test_patterns_keep_their_structure(tmp_path: Path) -> None:
    content = (
        "<element name='a'><optional><attribute name='b'/></optional><interleave><element name='c'><empty/></element>"
        "<zeroOrMore><element name='d'><text/></element></zeroOrMore></interleave>"
        "<choice><oneOrMore><element name='e'><data type='int'/></element></oneOrMore><notAllowed/></choice></element>"
    )
    assert shown(read(tmp_path, start(content)).start) == (
        "a(group(optional(@b(text)), interleave(c(empty), zeroormore(d(text))), choice(oneormore(e(int)), notallowed)))"
    )


def test_a_pattern_by_itself_is_a_schema(tmp_path: Path) -> None:
    assert shown(read(tmp_path, f"<element name='a' {NS}><empty/></element>").start) == "a(empty)"


def test_mixed_is_an_interleave_with_text(tmp_path: Path) -> None:
    content = "<element name='a'><mixed><element name='b'><empty/></element></mixed></element>"
    assert shown(read(tmp_path, start(content)).start) == "a(interleave(b(empty), text))"


def test_lists_and_several_patterns_in_one_are_groups(tmp_path: Path) -> None:
    tokens = "<data type='int'/><oneOrMore><value>x</value><value>y</value></oneOrMore>"
    content = f"<element name='a'><list>{tokens}</list></element>"
    assert shown(read(tmp_path, start(content)).start) == "a(list(group(int, oneormore(group('x', 'y')))))"


def test_data_has_its_library_parameters_and_exceptions(tmp_path: Path) -> None:
    content = (
        "<element name='a'><data type='string'><param name='pattern'>[a-z]+</param><param name='maxLength'>3</param>"
        "<except><value>no</value><value>nor</value></except></data></element>"
    )
    element = read(tmp_path, start(content)).start
    assert isinstance(element, syntax.Element)
    data = element.content
    assert isinstance(data, syntax.Data)
    assert (data.type, data.library) == ("string", "http://www.w3.org/2001/XMLSchema-datatypes")
    assert data.params == (("pattern", "[a-z]+"), ("maxLength", "3"))
    assert data.excluded is not None
    assert shown(data.excluded) == "choice('no', 'nor')"


def test_annotations_are_no_patterns(tmp_path: Path) -> None:
    content = "<element name='a' xmlns:x='http://example.org/x' x:y='1'><x:note>b</x:note><empty/></element>"
    assert shown(read(tmp_path, start(content)).start) == "a(empty)"


def test_a_pattern_knows_where_it_is_written(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        grammar("\n<start><ref name='r'/></start>\n<define name='r'>\n<element name='a'><empty/></element></define>"),
    )
    element = found.defines["r"]
    assert isinstance(element, syntax.Element)
    assert (element.origin.file, element.origin.line, element.origin.define) == ("main.rng", 4, "r")


class TestNames:
    def test_elements_inherit_a_namespace_and_attributes_do_not(self, tmp_path: Path) -> None:
        content = "<element name='a' ns='u'><attribute name='b'/><element name='c'><empty/></element></element>"
        assert shown(read(tmp_path, start(content)).start) == "{u}a(group(@b(text), {u}c(empty)))"

    def test_a_prefix_is_that_of_the_schema(self, tmp_path: Path) -> None:
        content = "<element name='p:a' xmlns:p='u'><attribute name='p:b'/></element>"
        assert shown(read(tmp_path, start(content)).start) == "{u}a(@{u}b(text))"

    def test_a_choice_of_names_has_all_of_them(self, tmp_path: Path) -> None:
        content = "<element><choice><name>a</name><name ns='u'>b</name></choice><empty/></element>"
        assert shown(read(tmp_path, start(content)).start) == "a|{u}b(empty)"

    def test_any_name_can_leave_names_out(self, tmp_path: Path) -> None:
        content = "<element><anyName><except><name>a</name><nsName ns='u'/></except></anyName><empty/></element>"
        element = read(tmp_path, start(content)).start
        assert isinstance(element, syntax.Element)
        assert element.name == AnyName(NameChoice((Name("", "a"), NsName("u"))))
        assert [contains(element.name, *name) for name in (("", "b"), ("", "a"), ("u", "b"), ("v", "a"))] == [
            True,
            False,
            False,
            True,
        ]

    def test_all_names_of_a_namespace_can_leave_names_out(self, tmp_path: Path) -> None:
        content = "<element ns='u'><nsName><except><name>a</name></except></nsName><empty/></element>"
        element = read(tmp_path, start(content)).start
        assert isinstance(element, syntax.Element)
        assert element.name == NsName("u", Name("u", "a"))
        assert [contains(element.name, *name) for name in (("u", "b"), ("u", "a"), ("", "b"))] == [True, False, False]


class TestDefinitions:
    def test_definitions_of_one_name_are_combined(self, tmp_path: Path) -> None:
        for method, other in (("choice", ""), ("interleave", " combine='interleave'")):
            text = grammar(
                "<start><element name='a'><ref name='r'/></element></start>"
                f"<define name='r' combine='{method}'><attribute name='b'/></define>"
                f"<define name='r'{other}><attribute name='c'/></define>"
            )
            assert shown(read(tmp_path, text).start) == f"a({method}(@b(text), @c(text)))"

    def test_starts_are_combined(self, tmp_path: Path) -> None:
        text = grammar(
            "".join(f"<start combine='choice'><element name='{name}'><empty/></element></start>" for name in "ab")
        )
        assert shown(read(tmp_path, text).start) == "choice(a(empty), b(empty))"

    def test_definitions_inside_div_are_definitions(self, tmp_path: Path) -> None:
        text = grammar("<div><div ns='u'><start><element name='a'><empty/></element></start></div></div>")
        assert shown(read(tmp_path, text).start) == "{u}a(empty)"

    def test_a_definition_may_refer_to_itself(self, tmp_path: Path) -> None:
        text = grammar(
            "<start><ref name='a'/></start>"
            "<define name='a'><element name='a'><optional><ref name='a'/></optional></element></define>"
        )
        found = read(tmp_path, text)
        element = found.defines["a"]
        assert isinstance(element, syntax.Element)
        assert isinstance(element.content, syntax.Optional)
        assert next(syntax.children(element.content.item)) is element


class TestFiles:
    OTHER = grammar(
        "<start><element name='a'><ref name='r'/></element></start><define name='r'><attribute name='b'/></define>"
    )

    def test_a_file_is_included(self, tmp_path: Path) -> None:
        assert shown(read(tmp_path, grammar("<include href='other.rng'/>"), other=self.OTHER).start) == "a(@b(text))"

    def test_an_include_replaces_what_it_overrides(self, tmp_path: Path) -> None:
        text = grammar("<include href='other.rng'><div><define name='r'><attribute name='c'/></define></div></include>")
        assert shown(read(tmp_path, text, other=self.OTHER).start) == "a(@c(text))"
        text = grammar("<include href='other.rng'><start><ref name='r'/></start></include>")
        assert shown(read(tmp_path, text, other=self.OTHER).start) == "@b(text)"

    def test_a_definition_beside_an_include_is_combined_with_it(self, tmp_path: Path) -> None:
        text = grammar("<include href='other.rng'/><define name='r' combine='choice'><attribute name='c'/></define>")
        assert shown(read(tmp_path, text, other=self.OTHER).start) == "a(choice(@b(text), @c(text)))"

    def test_an_external_reference_has_names_of_its_own(self, tmp_path: Path) -> None:
        text = grammar(
            "<start><element name='x'><externalRef href='other.rng'/><ref name='r'/></element></start>"
            "<define name='r'><empty/></define>"
        )
        assert shown(read(tmp_path, text, other=self.OTHER).start) == "x(group(a(@b(text)), empty))"

    def test_an_external_reference_may_be_to_a_pattern_and_inherits_the_namespace(self, tmp_path: Path) -> None:
        text = start("<element name='x' ns='u'><externalRef href='other.rng'/></element>")
        other = f"<element name='y' {NS}><empty/></element>"
        assert shown(read(tmp_path, text, other=other).start) == "{u}x({u}y(empty))"

    def test_a_nested_grammar_sees_its_own_names_and_by_parent_those_around(self, tmp_path: Path) -> None:
        text = grammar(
            "<start><element name='x'><grammar><start><ref name='r'/><parentRef name='r'/></start>"
            "<define name='r'><attribute name='inner'/></define></grammar></element></start>"
            "<define name='r'><attribute name='outer'/></define>"
        )
        assert shown(read(tmp_path, text).start) == "x(group(@inner(text), @outer(text)))"


MISTAKES = {
    "a reference that leads nowhere": ("\n<start><ref name='none'/></start>", 2, 'there is no definition "none"'),
    "a reference to the parent without one": ("<start>\n<parentRef name='a'/></start>", 2, "outside a nested grammar"),
    "an element of no meaning": ("<start>\n\n<elment name='a'/></start>", 3, "<elment> is no pattern"),
    "a pattern beside definitions": ("\n<text/>", 2, "<text> is not expected in <grammar>"),
    "an element without a name": ("<start>\n<element/></start>", 2, "a name is missing"),
    "a name class of no meaning": ("<start>\n<element><text/></element></start>", 2, "<text> is no name class"),
    "definitions that do not say how to combine": (
        "<start><text/></start>\n<define name='a'><text/></define>\n<define name='a'><text/></define>",
        3,
        'definitions of "a" do not say how to combine',
    ),
    "definitions that say it differently": (
        "<start><text/></start><define name='a' combine='choice'><text/></define>\n"
        "<define name='a' combine='interleave'><text/></define>",
        2,
        'definitions of "a" do not say how to combine',
    ),
}


@pytest.mark.parametrize(("content", "line", "message"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_with_file_and_line(tmp_path: Path, content: str, line: int, message: str) -> None:
    with pytest.raises(SchemaError) as caught:
        read(tmp_path, grammar(content))
    assert str(caught.value).startswith(f"{tmp_path / 'main.rng'}:{line}: ")
    assert message in str(caught.value)


def test_a_mistake_in_an_included_file_names_that_file(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"other\.rng:1: "):
        read(tmp_path, grammar("<include href='other.rng'/>"), other="<grammar")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"none\.rng: cannot be read"):
        read(tmp_path, grammar("<include href='none.rng'/>"))


def test_files_that_include_each_other_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="include each other"):
        read(tmp_path, grammar("<include href='main.rng'/>"))
    with pytest.raises(SchemaError, match="include each other"):
        read(tmp_path, start("<externalRef href='main.rng'/>"))


def _schemas(shared: Path) -> Iterator[Path]:
    yield from sorted(shared.glob("schemas/*/*.rng"))


def test_every_schema_of_libvirt_is_read(shared: Path) -> None:
    read_files = [path for path in _schemas(shared) if "common" not in path.name and "<start>" in path.read_text()]
    assert len(read_files) > 60
    for path in read_files:
        assert not isinstance(read_schema(path).start, syntax.NotAllowed), path
