"""Element classes: dataclasses that read and write themselves."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import typing

import pytest

from tests.strategies import all_classes
from virtxml import AnyElement, Domain, Extra, Network, Node, NWFilter, ParseError, Secret, StoragePool
from virtxml.schema.domain import (
    Devices,
    Disk,
    DiskDriver,
    DiskSource,
    DiskTarget,
    Features,
    Graphics,
    PciAddress,
    UsbAddress,
)
from virtxml.schema.domaincaps import FeaturesHypervDefaults
from virtxml.schema.nwfilter import Filterref, Rule


class TestReading:
    def test_attributes_and_children_become_fields(self) -> None:
        disk = Disk.from_xml("<disk type='file'><driver name='qemu' cache='none'/><target dev='vda'/></disk>")
        assert disk == Disk(type="file", driver=DiskDriver(name="qemu", cache="none"), target=DiskTarget(dev="vda"))

    def test_every_field_is_empty_without_content(self) -> None:
        domain = Domain.from_xml("<domain/>")
        assert domain == Domain()
        assert domain.name is None
        assert domain.devices is None
        assert domain.seclabels == []
        assert domain.extra is None

    def test_an_element_with_only_text_is_its_value(self) -> None:
        assert Domain.from_xml("<domain><name>web01</name></domain>").name == "web01"

    def test_an_empty_element_differs_from_none(self) -> None:
        assert Domain.from_xml("<domain><name/></domain>").name == ""
        assert Domain.from_xml("<domain/>").name is None

    def test_white_space_of_a_value_is_kept(self) -> None:
        for text in (" ", "\n", "\t a \n", "\n  \n"):
            domain = Domain.from_xml(f"<domain><name>{text}</name><description>{text}</description></domain>")
            assert (domain.name, domain.description) == (text, text)
            assert Domain.from_xml(domain.to_xml()) == domain

    def test_white_space_between_elements_is_no_content(self) -> None:
        assert Devices.from_xml("<devices>\n \t\r\n <disk/> \n</devices>") == Devices(disks=[Disk()])

    def test_switches_become_booleans_and_other_words_stay(self) -> None:
        assert DiskDriver.from_xml("<driver ioeventfd='on'/>").ioeventfd is True
        assert DiskDriver.from_xml("<driver ioeventfd='off'/>").ioeventfd is False
        assert DiskDriver.from_xml("<driver ioeventfd='maybe'/>").ioeventfd == "maybe"
        assert DiskDriver.from_xml("<driver ioeventfd='yes'/>").to_xml() == "<driver ioeventfd='yes'/>\n"

    def test_an_element_that_is_only_there_is_true(self) -> None:
        features = Features.from_xml("<features><pae/></features>")
        assert features.pae is True
        assert features.to_xml() == "<features>\n  <pae/>\n</features>\n"

    def test_numbers_keep_their_form(self) -> None:
        source = "<address type='pci' domain='0x0000' bus='0x01' slot='07' function='0x0'/>\n"
        address = PciAddress.from_xml(source)
        assert (address.domain, address.bus, address.slot) == (0, 1, 7)
        assert address.to_xml() == source

    def test_unions_are_told_apart_by_their_attribute(self) -> None:
        assert isinstance(Disk.from_xml("<disk><address type='pci'/></disk>").address, PciAddress)
        assert isinstance(Disk.from_xml("<disk><address type='usb'/></disk>").address, UsbAddress)
        other = Disk.from_xml("<disk><address type='quantum' spin='up'/></disk>").address
        assert isinstance(other, AnyElement)
        assert other.attributes == {"type": "quantum", "spin": "up"}

    def test_differently_named_children_keep_their_order_where_it_means_something(self) -> None:
        source = "<filter>\n  <rule/>\n  <filterref filter='a'/>\n  <rule/>\n</filter>\n"
        found = NWFilter.from_xml(source)
        assert [type(entry) for entry in found.entries] == [Rule, Filterref, Rule]
        assert found.to_xml() == source

    def test_known_namespaces_are_known_by_any_prefix(self) -> None:
        inside = "<x:commandline><x:arg value='-S'/></x:commandline>"
        source = f"<domain xmlns:x='http://libvirt.org/schemas/domain/qemu/1.0'>{inside}</domain>"
        domain = Domain.from_xml(source)
        assert domain.qemu_commandline is not None
        assert [argument.value for argument in domain.qemu_commandline.args] == ["-S"]
        assert "<qemu:arg value='-S'/>" in domain.to_xml()

    def test_text_and_bytes_are_read_alike(self) -> None:
        source = "<domain><name>é😀</name></domain>"
        assert Domain.from_xml(source) == Domain.from_xml(source.encode()) == Domain(name="é😀")


class TestUnknownContent:
    def test_unknown_attributes_stay_where_they_were(self) -> None:
        source = "<disk type='file' new='1' device='disk' newer='2'/>\n"
        assert Disk.from_xml(source).to_xml() == source

    def test_unknown_elements_stay_where_they_were(self) -> None:
        source = (
            "<disk>\n  <new/>\n  <driver/>\n  <new a='1'>text</new>\n  <target/>\n"
            "  <newer>\n    <deep/>\n  </newer>\n</disk>\n"
        )
        disk = Disk.from_xml(source)
        assert disk.extra is not None
        assert [element.name for element in disk.extra.elements] == ["new", "new", "newer"]
        assert disk.to_xml() == source

    def test_a_single_child_that_comes_twice_is_kept(self) -> None:
        domain = Domain.from_xml("<domain><name>a</name><name>b</name></domain>")
        assert domain.name == "a"
        assert domain.to_xml() == "<domain>\n  <name>a</name>\n  <name>b</name>\n</domain>\n"

    def test_a_value_with_more_than_text_is_kept_whole(self) -> None:
        for inner in ("<name lang='en'>a</name>", "<name>a<b/></name>"):
            domain = Domain.from_xml(f"<domain>{inner}</domain>")
            assert domain.name is None
            assert inner in domain.to_xml()

    def test_values_behind_one_that_was_kept_are_kept_too(self) -> None:
        source = "<domain>\n  <name x='1'/>\n  <name>b</name>\n</domain>\n"
        assert Domain.from_xml(source).to_xml() == source

    def test_names_of_any_script_are_kept(self) -> None:
        for beside in ("", "<!-- a -->", "<metadata/>", "<metadata/><!-- a -->", "<?a b?>"):
            text = Domain.from_xml(f"<domain é='1'><名/>{beside}</domain>").to_xml()
            assert "é='1'" in text
            assert "<名/>" in text

    def test_a_foreign_child_that_comes_twice_keeps_its_order_under_any_prefix(self) -> None:
        uri = "http://libvirt.org/schemas/storagepool/rbd/1.0"
        inside = f"<r:config_opts xmlns:r='{uri}'/><x:config_opts xmlns:x='{uri}' a='1'/>"
        other = "<f:mount_opts xmlns:f='http://libvirt.org/schemas/storagepool/fs/1.0'/>"
        text = StoragePool.from_xml(f"<pool>{inside}{other}</pool>").to_xml()
        assert text.index("<rbd:config_opts/>") < text.index("a='1'")

    def test_stray_text_is_kept(self) -> None:
        source = "<domain>a<name>b</name>c</domain>"
        text = Domain.from_xml(source).to_xml()
        assert "".join(text.split()) == source
        assert Domain.from_xml(text).to_xml() == text

    def test_text_behind_a_comment_is_kept(self) -> None:
        for before in ("", "<os/>", "<metadata/>", "<metadata/>x", "<metadata><!-- c --></metadata>", "<a/>"):
            domain = Domain.from_xml(f"<domain>{before}<!-- a -->word<name>b<!-- c -->d</name></domain>")
            assert "word" in domain.to_xml()
            assert domain.name == "bd"

    def test_what_is_only_unknown_is_laid_out(self) -> None:
        assert Domain.from_xml("<domain><a/></domain>").to_xml() == "<domain>\n  <a/>\n</domain>\n"

    def test_foreign_namespaces_are_kept_with_their_prefixes(self) -> None:
        source = "<domain>\n  <v:a xmlns:v='http://example.org/v' v:b='1'>\n    <v:c/>\n  </v:a>\n</domain>\n"
        assert Domain.from_xml(source).to_xml() == source

    def test_foreign_attributes_bring_their_namespace(self) -> None:
        text = Domain.from_xml("<domain xmlns:v='http://example.org/v' v:b='1'/>").to_xml()
        assert Domain.from_xml(text).extra == Extra({"v:b": "1"}, namespaces={"v": "http://example.org/v"})

    def test_unknown_elements_keep_the_order_of_their_children(self) -> None:
        source = "<domain>\n  <a>\n    <x/>\n    <y/>\n    <x/>\n  </a>\n</domain>\n"
        assert Domain.from_xml(source).to_xml() == source

    def test_metadata_is_kept_as_it_is(self) -> None:
        inner = '<a:b xmlns:a="http://example.org/a" c="\'">x<!-- y --><d xmlns="e">&lt;z&gt;</d> w</a:b>'
        domain = Domain.from_xml(f"<domain><metadata>{inner}</metadata></domain>")
        assert inner in domain.to_xml()

    def test_comments_outside_metadata_are_dropped(self) -> None:
        assert Domain.from_xml("<domain><!-- a --><name>b<!-- c -->d</name></domain>") == Domain(name="bd")


class TestWriting:
    def test_the_form_is_libvirts(self) -> None:
        disk = Disk(type="file", source=DiskSource(file="/a'b"), target=DiskTarget(dev="vda"), readonly=True)
        assert disk.to_xml() == (
            "<disk type='file'>\n  <source file='/a&apos;b'/>\n  <target dev='vda'/>\n  <readonly/>\n</disk>\n"
        )

    def test_special_characters_are_escaped(self) -> None:
        text = "<&>'\"\t\n\r é😀"
        domain = Domain(name=text, os=None, type=text)
        assert domain.to_xml() == (
            "<domain type='&lt;&amp;&gt;&apos;&quot;&#9;&#10;&#13; é😀'>\n"
            "  <name>&lt;&amp;&gt;&apos;&quot;\t\n&#13; é😀</name>\n</domain>\n"
        )
        assert Domain.from_xml(domain.to_xml()) == domain

    def test_a_switch_that_is_a_child_can_say_no(self) -> None:
        defaults = FeaturesHypervDefaults(stimer_direct=False)
        assert defaults.to_xml() == "<defaults>\n  <stimer_direct>off</stimer_direct>\n</defaults>\n"

    def test_an_empty_list_and_none_are_not_written(self) -> None:
        assert Domain(name=None, seclabels=[]).to_xml() == "<domain/>\n"

    def test_a_fragment_of_a_namespace_declares_it(self) -> None:
        domain = Domain.from_xml(
            "<domain xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'><q:commandline/></domain>"
        )
        commandline = domain.qemu_commandline
        assert commandline is not None
        text = commandline.to_xml()
        assert text == "<qemu:commandline xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'/>\n"
        assert type(commandline).from_xml(text) == commandline

    @pytest.mark.parametrize("text", ["\0", "\x0b", "\ud800", "\ufffe", "\uffff"])
    def test_what_xml_cannot_hold_is_refused(self, text: str) -> None:
        for node in (Domain(name=text), Domain(type=text), Domain(metadata=AnyElement("metadata", content=[text]))):
            with pytest.raises(ValueError, match="XML cannot hold"):
                node.to_xml()

    def test_a_value_of_a_strange_type_is_refused(self) -> None:
        for node in (Domain(name=1.5), Domain(type=[]), DiskDriver(ioeventfd=object()), DiskDriver(queues={})):  # type: ignore[arg-type]
            with pytest.raises(TypeError, match="is no value"):
                node.to_xml()


class TestDataclass:
    def test_fields_say_type_place_and_age(self) -> None:
        fields = {field.name: field for field in dataclasses.fields(DiskDriver)}
        assert list(fields) == [*DiskDriver.xml_fields, "extra"]
        assert fields["cache"].metadata["xml"].xml == "cache"
        assert fields["discard_no_unref"].metadata["since"] == "9.8.0"
        assert fields["cache"].default is None
        assert {field.name: field for field in dataclasses.fields(Domain)}["seclabels"].default_factory is list

    def test_every_class_is_a_dataclass_whose_types_resolve(self) -> None:
        for cls in all_classes():
            assert dataclasses.is_dataclass(cls)
            hints = typing.get_type_hints(cls)
            for field in dataclasses.fields(cls):
                assert field.name in hints, cls
            assert dataclasses.is_dataclass(cls())

    def test_every_class_says_which_element_it_is(self) -> None:
        for cls in all_classes():
            assert cls.__doc__ is not None
            element = cls.__doc__.partition("`<")[2].partition(">`")[0]
            assert element.rpartition(":")[2] == cls.xml_name.rpartition("}")[2], cls

    def test_a_signature_shows_every_field_by_keyword(self) -> None:
        signature = inspect.signature(DiskTarget)
        assert list(signature.parameters) == [*DiskTarget.xml_fields, "extra"]
        assert {parameter.kind for parameter in signature.parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
        assert signature.parameters["dev"].default is None

    def test_an_unknown_argument_is_refused(self) -> None:
        with pytest.raises(TypeError, match="typo"):
            Disk(typo=1)  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="positional argument"):
            Disk("file")  # type: ignore[misc]

    def test_an_unknown_attribute_is_refused(self) -> None:
        domain = Domain()
        with pytest.raises(AttributeError, match="'Domain' object has no attribute 'nme'"):
            domain.nme = "a"  # type: ignore[attr-defined]
        with pytest.raises(AttributeError, match="'Domain' object has no attribute 'nme'"):
            _ = domain.nme  # type: ignore[attr-defined]

    def test_as_dict_goes_all_the_way_down(self) -> None:
        found = dataclasses.asdict(Disk(type="file", target=DiskTarget(dev="vda")))
        assert found["type"] == "file"
        assert found["target"]["dev"] == "vda"
        assert found["driver"] is None

    def test_replace_leaves_the_original_alone(self) -> None:
        disk = Disk(type="file", target=DiskTarget(dev="vda"))
        other = dataclasses.replace(disk, type="block")
        assert (disk.type, other.type) == ("file", "block")
        assert other.target is disk.target
        assert disk.__replace__(device="cdrom") == Disk(type="file", device="cdrom", target=DiskTarget(dev="vda"))
        with pytest.raises(TypeError, match="unexpected keyword argument"):
            dataclasses.replace(disk, typo=1)

    def test_patterns_match_fields(self) -> None:
        match Disk(type="file", target=DiskTarget(dev="vda")):
            case Disk(type="block"):
                pytest.fail("another type")
            case Disk(target=DiskTarget(dev=dev)):
                assert dev == "vda"

    def test_objects_are_equal_if_class_fields_and_unknown_content_are(self) -> None:
        assert Disk(type="file") == Disk(type="file")
        assert Disk(type="file") != Disk(type="block")
        assert Disk() != DiskTarget()
        assert Disk() != "disk"
        assert Disk(extra=Extra({"a": "1"})) != Disk()
        assert Disk(extra=Extra({"a": "1"})) == Disk(extra=Extra({"a": "1"}))

    def test_objects_that_can_change_have_no_hash(self) -> None:
        with pytest.raises(TypeError, match="unhashable"):
            hash(Disk())

    def test_each_object_has_lists_of_its_own(self) -> None:
        one, other = Domain(), Domain()
        one.seclabels.append(None)  # type: ignore[arg-type]
        assert other.seclabels == []

    def test_copies_and_pickles_keep_unknown_content(self) -> None:
        source = "<disk new='1'>\n  <new>a<b/></new>\n  <driver discard='unmap'/>\n</disk>\n"
        disk = Disk.from_xml(source)
        for other in (copy.copy(disk), copy.deepcopy(disk), pickle.loads(pickle.dumps(disk))):
            assert other == disk
            assert other.to_xml() == disk.to_xml()
        assert copy.deepcopy(disk).driver is not disk.driver

    def test_a_subclass_reads_and_writes_what_its_base_does(self) -> None:
        class Mine(Disk):
            """A disk of one's own."""

            __slots__ = ()

            def is_file(self) -> bool:
                return self.type == "file"

        mine = Mine.from_xml("<disk type='file'/>")
        assert mine.is_file()
        assert mine.to_xml() == "<disk type='file'/>\n"
        assert [field.name for field in dataclasses.fields(Mine)] == [field.name for field in dataclasses.fields(Disk)]


class TestRepr:
    def test_only_what_is_set_is_shown(self) -> None:
        assert (
            repr(Disk(type="file", target=DiskTarget(dev="vda"))) == "Disk(type='file', target=DiskTarget(dev='vda'))"
        )
        assert repr(Domain()) == "Domain()"

    def test_a_switch_that_is_off_is_shown(self) -> None:
        assert repr(DiskDriver(ioeventfd=False)) == "DiskDriver(ioeventfd=False)"
        assert repr(Features(pae=False)) == "Features()"

    def test_no_secret_is_shown(self) -> None:
        secrets = [
            Graphics.from_xml("<graphics type='vnc' passwd='hunter2'/>"),
            Domain.from_xml("<domain><devices><graphics passwd='hunter2'/></devices></domain>"),
            Domain.from_xml("<domain><metadata><password>hunter2</password></metadata></domain>"),
            Domain.from_xml("<domain new='hunter2'><new>hunter2</new>hunter2</domain>"),
            Disk.from_xml("<disk><source><cookies><cookie name='a'>hunter2</cookie></cookies></source></disk>"),
        ]
        for node in secrets:
            assert "hunter2" in node.to_xml()
            assert "hunter2" not in repr(node)
            assert "hunter2" not in str(node)

    def test_every_secret_field_is_hidden(self) -> None:
        hidden = 0
        for cls in all_classes():
            for name, field in cls.xml_fields.items():
                if field.secret:
                    hidden += 1
                    assert "hunter2" not in repr(cls(**{name: "hunter2"}))
                    assert "<hidden>" in repr(cls(**{name: "hunter2"}))
        assert hidden >= 2


def test_any_text_that_is_no_element_of_the_class_is_refused() -> None:
    for cls in (Domain, Network, Secret, Disk):
        with pytest.raises(ParseError, match="is not <"):
            cls.from_xml("<nothing/>")


def test_every_class_reads_and_writes_its_empty_element() -> None:
    for cls in all_classes():
        node = cls()
        for name, field in cls.xml_fields.items():
            if field.default is not None and not field.many and field.default is not False:
                assert getattr(node, name) == field.default
        text = node.to_xml()
        assert cls.from_xml(text) == node, text


def test_node_itself_is_no_element() -> None:
    assert not Node.xml_fields
