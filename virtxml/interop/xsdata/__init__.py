"""xsdata's parsers and serializers for our classes.

    from xsdata.formats.dataclass.parsers import JsonParser, XmlParser
    from xsdata.formats.dataclass.serializers import DictFactory, JsonSerializer, XmlSerializer

    from virtxml import Domain
    from virtxml.interop.xsdata import context

    domain = XmlParser(context=context()).from_bytes(source, Domain)
    text = JsonSerializer(context=context(), dict_factory=DictFactory.FILTER_NONE).render(domain)
    domain == JsonParser(context=context()).from_string(text, Domain)

Objects read from XML are those that `Domain.from_xml` reads, unknown content and all, except for what xsdata's own
reader drops before anybody else can see it:

- comments, and processing instructions with the text behind them;
- inside `<metadata>`, white space behind elements: it comes back as a regular indentation has it (which is equal);
- on an element with neither attributes nor text, the prefixes that it declares;
- in documents of more than 32 KiB, now and then a text behind an element.

It also mends text that is not well-formed, passes over a document type declaration, and does not look at the name of
the root. With `XmlParser(context=context(), handler=Handler)` none of this is so: `Handler` reads as `Domain.from_xml`
does. Hooks of xsdata's `UserXmlParser` see the object of the whole document, but not those of elements inside.

JSON has the fields under their names: `true` and `false`, numbers, lists and objects; a number that keeps its form is
text, `"0x0000"`. What is not set is `null` in the outermost object, which xsdata leaves out with its
`DictFactory.FILTER_NONE`, and not there in those inside. An element without a class has its name under `element`, and
`attributes`, `namespaces` and `content`. What belongs to no field is under `extra`.

XML is written in xsdata's form, not in libvirt's, and without comments and `xsi:nil`, which xsdata keeps for itself.
Give `render` the map that `namespaces` returns, to keep prefixes.
"""

from .context import Context, context
from .handler import Handler
from .writing import namespaces

__all__ = ["Context", "Handler", "context", "namespaces"]
