"""No text makes the reader fetch anything, run long, take much memory, or fail with anything but a ParseError."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.loss.hostile import run
from virtxml import Domain, ParseError, parse

SIMPLE = "<domain><name>é</name></domain>"


def outcome(source: str | bytes) -> str:
    """Read text in a process of its own; return `read` or `refused`."""
    return run(f"print(read({source!r})[1])").strip()


class TestEntities:
    """Entities and what they could fetch."""

    @pytest.fixture
    def server(self) -> Iterator[tuple[str, list[str]]]:
        """Serve a document over HTTP; give its address and the list of what was asked for."""
        asked: list[str] = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"<!ENTITY fetched 'secret'>")

            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
            threading.Thread(target=listening.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{listening.server_port}/x", asked
            listening.shutdown()

    @pytest.mark.parametrize(
        "declaration",
        [
            "<!DOCTYPE domain [<!ENTITY e SYSTEM '{}'>]>",
            "<!DOCTYPE domain [<!ENTITY e PUBLIC '-//a//b' '{}'>]>",
            "<!DOCTYPE domain [<!ENTITY % p SYSTEM '{}'>%p;]>",
            "<!DOCTYPE domain SYSTEM '{}'>",
            "<!DOCTYPE domain PUBLIC '-//a//b' '{}'>",
        ],
    )
    def test_nothing_outside_is_read(self, declaration: str, server: tuple[str, list[str]], tmp_path: Path) -> None:
        address, asked = server
        secret = tmp_path / "secret.txt"
        secret.write_text("topsecret")
        for uri in (address, secret.as_uri()):
            for body in ("<domain><name>&e;</name></domain>", "<domain><name>&fetched;</name></domain>", "<domain/>"):
                with pytest.raises(ParseError) as caught:
                    parse(declaration.format(uri) + body)
                assert "topsecret" not in str(caught.value)
        assert not asked

    def test_xinclude_is_an_element_like_any_other(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text("topsecret")
        include = f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{secret.as_uri()}' parse='text'/>"
        text = parse(f"<domain>{include}</domain>").to_xml()
        assert "topsecret" not in text
        assert "xi:include" in text

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32", "cp037", "utf-7"])
    def test_a_document_type_is_refused_in_every_encoding(self, encoding: str) -> None:
        for declaration in ("<!DOCTYPE domain>", "<!DOCTYPE domain [<!ENTITY a 'b'>]>"):
            text = f"<?xml version='1.0' encoding='{encoding}'?>{declaration}<domain/>"
            with pytest.raises(ParseError, match=r"a document type declaration is not accepted|is not UTF-8"):
                parse(text.encode(encoding))

    @pytest.mark.parametrize(
        "before", ["", "\n", "\t", "\r\n", " ", "<!-- a -->", "<?a b?>", "<?xml version='1.0'?>\n", "\ufeff"]
    )
    def test_a_document_type_is_refused_whatever_stands_before_it(self, before: str) -> None:
        text = f"{before}<!DOCTYPE domain><domain/>"
        for source in (text, text.encode()):
            with pytest.raises(ParseError, match="document type"):
                parse(source)

    def test_many_laughs_are_refused(self) -> None:
        entities = "<!ENTITY a0 'lol'>" + "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 12))
        assert outcome(f"<!DOCTYPE domain [{entities}]><domain><name>&a11;</name></domain>") == "refused"

    def test_one_long_entity_many_times_is_refused(self) -> None:
        code = """
source = "<!DOCTYPE domain [<!ENTITY a '" + "x" * 100_000 + "'>]><domain><name>" + "&a;" * 100_000 + "</name></domain>"
print(read(source)[1])
"""
        assert run(code).strip() == "refused"

    def test_entities_in_attributes_are_refused(self) -> None:
        source = "<!DOCTYPE domain [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><domain type='&b;'/>"
        assert outcome(source) == "refused"

    def test_an_entity_that_holds_itself_is_refused(self) -> None:
        assert (
            outcome("<!DOCTYPE domain [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><domain><name>&a;</name></domain>")
            == "refused"
        )


GROWING = {
    "attributes": "'<domain ' + ' '.join(f'a{i}=\"1\"' for i in range(n)) + '/>'",
    "attributes of a disk": "'<domain><devices><disk ' + ' '.join(f'a{i}=\"1\"' for i in range(n))"
    " + '/></devices></domain>'",
    "attributes in metadata": "'<domain><metadata ' + ' '.join(f'a{i}=\"1\"' for i in range(n)) + '/></domain>'",
    "attributes with a prefix": "'<domain xmlns:p=\"u\" ' + ' '.join(f'p:a{i}=\"1\"' for i in range(n)) + '/>'",
    "namespaces": "'<domain ' + ' '.join(f'xmlns:p{i}=\"u{i}\"' for i in range(n)) + '/>'",
    "namespaces with elements": "'<domain ' + ' '.join(f'xmlns:p{i}=\"u{i}\"' for i in range(n)) + '>'"
    " + ''.join(f'<p{i}:a/>' for i in range(n)) + '</domain>'",
    "namespaces in metadata": "'<domain><metadata ' + ' '.join(f'xmlns:p{i}=\"u{i}\"' for i in range(n)) + '>'"
    " + ''.join(f'<p{i}:a/>' for i in range(n)) + '</metadata></domain>'",
    "namespaces with attributes": "'<domain ' + ' '.join(f'xmlns:p{i}=\"u{i}\" p{i}:a=\"1\"' for i in range(n)) + '/>'",
    "namespaces of siblings": "'<domain>' + ''.join(f'<a xmlns=\"u{i}\"/>' for i in range(n)) + '</domain>'",
    "namespaces around elements": "'<domain>' + ''.join(f'<a xmlns:p{i}=\"u{i}\">' for i in range(200)) + '<b/>' * n"
    " + '</a>' * 200 + '</domain>'",
    "unknown children": "'<domain>' + '<a/>' * n + '</domain>'",
    "differently named unknown children": "'<domain>' + ''.join(f'<a{i}/>' for i in range(n)) + '</domain>'",
    "single values that come again": "'<domain>' + '<name>x</name>' * n + '</domain>'",
    "single elements that come again": "'<domain>' + '<os/>' * n + '</domain>'",
    "metadata that comes again": "'<domain>' + '<metadata><!--a--></metadata>' * n + '</domain>'",
    "known and unknown children": "'<domain><devices>' + '<disk/><a/>' * n + '</devices></domain>'",
    "doubled and unknown children": "'<domain>' + '<name/><a/>' * n + '</domain>'",
    "disks": "'<domain><devices>' + '<disk/>' * n + '</devices></domain>'",
    "unions without a variant": "'<domain><devices>' + '<disk><address type=\"x\"/></disk>' * n"
    " + '</devices></domain>'",
    "stray text": "'<domain>' + 'x<a/>' * n + '</domain>'",
    "stray text between known children": "'<domain>' + 'x<devices/>' * n + '</domain>'",
    "unknown attributes of many elements": "'<domain><devices>' + '<disk zz=\"1\"/>' * n + '</devices></domain>'",
    "comments": "'<domain>' + '<!--x-->' * n + '</domain>'",
    "comments in text": "'<domain><name>' + 'x<!--x-->' * n + '</name></domain>'",
    "comments in metadata": "'<domain><metadata>' + 'x<!--x-->' * n + '</metadata></domain>'",
    "comments beside metadata": "'<domain><metadata/>' + '<a><!--x--></a>' * n + '</domain>'",
    "mixed text in metadata": "'<domain><metadata>' + '<a/>x' * n + '</metadata></domain>'",
    "nested metadata": "'<domain>' + '<metadata>' * 200 + '<a/>' * n + '</metadata>' * 200 + '</domain>'",
    "processing instructions": "'<domain>' + '<?a b?>' * n + '</domain>'",
    "sections of character data": "'<domain><name>' + '<![CDATA[x]]>' * n + '</name></domain>'",
    "references to characters": "'<domain><name>' + '&#120;' * n + '</name></domain>'",
    "characters to escape": "'<domain><name>' + '&amp;' * n * 10 + '</name></domain>'",
    "text": "'<domain><name>' + 'x' * n * 100 + '</name></domain>'",
    "an attribute's text": "'<domain id=\"' + 'x' * n * 100 + '\"/>'",
    "digits": "'<domain><vcpu>' + '1' * n * 20 + '</vcpu></domain>'",
    "digits of an attribute": "'<domain id=\"' + '1' * n * 20 + '\"/>'",
    "hexadecimal digits": "'<domain id=\"0x' + 'f' * n * 20 + '\"/>'",
    "zeros": "'<domain id=\"' + '0' * n * 20 + '\"/>'",
    "depth": "'<domain>' + '<a>' * n + '</a>' * n + '</domain>'",
    "depth of a class that holds itself": "'<domain><devices><disk>' + '<backingStore>' * n + '</backingStore>' * n"
    " + '</disk></devices></domain>'",
    "depth in metadata": "'<domain><metadata>' + '<a>' * n + '</a>' * n + '</metadata></domain>'",
    "depth of the root": "'<domain>' * n + '</domain>' * n",
    "depth without an end": "'<a>' * n",
    "rules and references": "'<filter>' + '<rule/><filterref/>' * n + '</filter>'",
}


@pytest.mark.slow
@pytest.mark.parametrize("make", GROWING.values(), ids=GROWING.keys())
def test_200_000_of_anything_take_little_memory_and_linear_time(make: str) -> None:
    # Eight times the text takes eight times the time; 64 times, if it were quadratic.
    code = f"""
from tests.growth import assert_cheap
make = lambda n: {make}
read(make(10))
print(assert_cheap(lambda n: read(make(n))[0], 25_000, 200_000, at_most=24))
"""
    assert float(run(code)) < 20


ENCODED = {
    "UTF-8 with a mark": b"\xef\xbb\xbf" + SIMPLE.encode(),
    "text with a mark": "\ufeff" + SIMPLE,
    "UTF-16 with a mark": SIMPLE.encode("utf-16"),
    "UTF-16, declared": f"<?xml version='1.0' encoding='utf-16'?>{SIMPLE}".encode("utf-16"),
    "UTF-32 with a mark": SIMPLE.encode("utf-32"),
    "Latin 1, declared": f"<?xml version='1.0' encoding='iso-8859-1'?>{SIMPLE}".encode("iso-8859-1"),
    "text that declares an encoding it does not have": f"<?xml version='1.0' encoding='iso-8859-1'?>{SIMPLE}",
    "text that declares an unknown encoding": f"<?xml version='1.0' encoding='klingon'?>{SIMPLE}",
}


@pytest.mark.parametrize("source", ENCODED.values(), ids=ENCODED.keys())
def test_encodings_are_understood(source: str | bytes) -> None:
    assert parse(source) == Domain(name="é")


NOT_READ = {
    "empty": "",
    "no bytes": b"",
    "white space": " \n\t\r\n ",
    "white bytes": b" \n ",
    "two roots": "<domain/><domain/>",
    "text behind the root": "<domain/>x",
    "NUL": "<domain>\0</domain>",
    "NUL in an attribute": b"<domain type='a\0b'/>",
    "NUL behind the root": b"<domain/>\0",
    "a reference to NUL": "<domain><name>&#0;</name></domain>",
    "a reference to a surrogate": "<domain><name>&#xD800;</name></domain>",
    "a lone surrogate": "<domain><name>\ud800</name></domain>",
    "a lone surrogate in a name": "<\udfff/>",
    "a control character": "<domain><name>\x01</name></domain>",
    "no character": "<domain><name>\uffff</name></domain>",
    "Latin 1 that claims to be UTF-8": f"<?xml version='1.0' encoding='utf-8'?>{SIMPLE}".encode("iso-8859-1"),
    "Latin 1 that claims nothing": SIMPLE.encode("iso-8859-1"),
    "UTF-8 that claims to be ASCII": f"<?xml version='1.0' encoding='ascii'?>{SIMPLE}".encode(),
    "UTF-8 that claims to be UTF-16": f"<?xml version='1.0' encoding='utf-16'?>{SIMPLE}".encode(),
    "half a character of UTF-16": SIMPLE.encode("utf-16")[:-1],
    "an unknown encoding": f"<?xml version='1.0' encoding='klingon'?>{SIMPLE}".encode(),
    "overlong UTF-8": b"<domain><name>\xc0\xbc</name></domain>",
    "two marks": b"\xef\xbb\xbf\xef\xbb\xbf" + SIMPLE.encode(),
    "an unknown entity": "<domain><name>&nbsp;</name></domain>",
    "an undeclared prefix": "<domain><x:a/></domain>",
    "an undeclared prefix of an attribute": "<domain x:a='1'/>",
    "an attribute that comes twice": "<domain type='a' type='b'/>",
    "a namespaced attribute that comes twice": "<domain xmlns:a='u' xmlns:b='u' a:x='1' b:x='2'/>",
    "XML 2.0": "<?xml version='2.0'?><domain/>",
    "something else": b"\x7fELF\x02\x01\x01\0\0\0",
}


@pytest.mark.parametrize("source", NOT_READ.values(), ids=NOT_READ.keys())
def test_what_is_no_document_is_refused(source: str | bytes) -> None:
    with pytest.raises(ParseError) as caught:
        parse(source)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp037", "utf-7", "cp1252"])
@pytest.mark.parametrize("declared", ["", "utf-8", "utf-16", "utf-32", "UCS-4", "IBM037", "utf-7", "cp1252"])
def test_any_mixture_of_encodings_is_refused_or_read(encoding: str, declared: str) -> None:
    head = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    try:
        node = parse((head + "<domain><name>x</name></domain>").encode(encoding))
    except ParseError:
        return
    assert node == Domain(name="x")


def test_a_document_that_is_cut_off_anywhere_is_refused() -> None:
    source = (
        "<?xml version='1.0'?><domain type='kvm'><!-- é --><name>a&amp;b</name><a><![CDATA[x]]></a></domain>".encode()
    )
    parse(source)
    for length in range(len(source)):
        with pytest.raises(ParseError, match=r"^line 1, column \d+: "):
            parse(source[:length])


def test_a_document_with_a_byte_changed_is_refused_or_read() -> None:
    source = b"<domain type='kvm'><name>a&amp;b</name><p:a xmlns:p='u'/><vcpu>1</vcpu></domain>"
    for index in range(len(source)):
        for byte in (0, 0x20, 0x26, 0x3C, 0x3E, 0x7F, 0xC3, 0xFF):
            with suppress(ParseError):
                parse(source[:index] + bytes([byte]) + source[index + 1 :]).to_xml()
