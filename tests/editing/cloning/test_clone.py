"""Another guest of a domain: what it is called, where its images are, what is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from virtxml import Document, Domain
from virtxml.editing import CloneError, Surroundings, clone
from virtxml.editing.cloning.names import next_name, path_beside

if TYPE_CHECKING:
    from virtxml.editing.cloning.surroundings import Kind

WEB = """<domain type='kvm' id='7'>
  <name>web</name>
  <uuid>5C9F0A54-6f7e-4c1d-9a53-2b1f0d8c7e11</uuid>
  <title>The first one</title>
  <sysinfo type='smbios'>
    <system>
      <entry name='uuid'>5c9f0a54-6f7e-4c1d-9a53-2b1f0d8c7e11</entry>
    </system>
  </sysinfo>
  <os>
    <type>hvm</type>
    <nvram>/nvram/web_VARS.fd</nvram>
  </os>
  <devices>
    <disk type='file' device='disk'>  <!-- the system -->
      <source file="/srv/web.qcow2"/>
      <target dev='vda'/>
    </disk>
    <disk type='block'>
      <source dev='/dev/vg/data'/>
      <target dev='vdb'/>
    </disk>
    <disk type='file' device='cdrom'>
      <source file='/srv/install.iso'/>
      <target dev='sda'/>
    </disk>
    <disk type='file' device='floppy'>
      <target dev='fda'/>
    </disk>
    <interface type='network'>
      <mac address='52:54:00:11:22:33'/>
      <source network='default'/>
      <target dev='vnet3'/>
    </interface>
    <interface type='user'/>
    <serial type='pty'>
      <log file='/var/log/web.log'/>
    </serial>
    <channel type='unix'>
      <source mode='bind' path='/run/web/org.qemu.guest_agent.0'/>
      <target type='virtio' name='org.qemu.guest_agent.0'/>
    </channel>
    <graphics type='vnc' port='5901' autoport='no'/>
  </devices>
</domain>
"""


def domain(devices: str = "", rest: str = "", kind: str = "kvm") -> Domain:
    return Domain.from_xml(f"<domain type='{kind}'><name>web</name>{rest}<devices>{devices}</devices></domain>")


def disk(source: str, target: str = "vda", kind: str = "file", rest: str = "") -> str:
    return f"<disk type='{kind}'><source {source}/><target dev='{target}'/>{rest}</disk>"


def paths(model: Domain) -> list[str | None]:
    sources = [each.source for each in model.devices.disks if each.source is not None] if model.devices else []
    return [source.file or source.dev or source.dir for source in sources]


class Taken(Surroundings):
    """A host on which some things are there."""

    names = ("web-clone", "web-clone1", "db")
    uuids = ("aaaaaaaa-0000-1111-2222-333333333333",)
    macs = ("52:54:00:00:00:01",)

    def is_volume(self, path: str) -> bool:
        return path in ("/pool/taken.img", "/pool/taken-clone.img", "/pool/taken-clone-1.img")

    def is_there(self, path: str) -> bool:
        return path == "/srv/there.img"

    def kind(self, path: str) -> Kind | None:
        return "block" if path.startswith("/dev/") else "file"

    def volume_path(self, pool: str, volume: str) -> str | None:
        return f"/{pool}/{volume}" if pool == "pool" else None


def test_a_clone_differs_in_what_no_two_guests_share_and_its_text_in_nothing_else() -> None:
    document = Document.parse(WEB, Domain)
    made = clone(document.model)
    model = document.model
    cards = [card.mac.address for card in model.devices.interfaces if card.mac] if model.devices else []
    second = f"<interface type='user'>\n      <mac address='{cards[1]}'/>\n    </interface>"
    assert document.to_text() == (
        WEB.replace(" id='7'", "")
        .replace("<name>web<", "<name>web-clone<")
        .replace("5C9F0A54-6f7e-4c1d-9a53-2b1f0d8c7e11", str(model.uuid))
        .replace("5c9f0a54-6f7e-4c1d-9a53-2b1f0d8c7e11", str(model.uuid))
        .replace("  <title>The first one</title>\n", "")
        .replace("web_VARS.fd", "web-clone_VARS.fd")
        .replace("web.qcow2", "web-clone.qcow2")
        .replace("vg/data", "vg/data-clone")
        .replace("52:54:00:11:22:33", str(cards[0]))
        .replace("      <target dev='vnet3'/>\n", "")
        .replace("<interface type='user'/>", second)
        .replace("web.log", "web-clone.log")
        .replace(" path='/run/web/org.qemu.guest_agent.0'", "")
        .replace("port='5901' autoport='no'", "port='-1'")
    )
    assert made.domain is document.model
    assert made.original == "web"
    assert [(copy.role, copy.device, copy.source, copy.target) for copy in made.copies] == [
        ("disk", "vda", "/srv/web.qcow2", "/srv/web-clone.qcow2"),
        ("disk", "vdb", "/dev/vg/data", "/dev/vg/data-clone"),
        ("firmware", "", "/nvram/web_VARS.fd", "/nvram/web-clone_VARS.fd"),
    ]
    assert made.left == ()


@pytest.mark.parametrize(
    ("name", "clones"),
    [
        ("web", "web-clone"),
        ("web-clone", "web-clone1"),
        ("web-clone7", "web-clone8"),
        ("db", "db-clone1"),
        ("db-clone", "db-clone1"),
        ("a-clone-2", "a-clone-2-clone"),
        ("clone", "clone-clone"),
        ("x-clone-clone", "x-clone-clone1"),
        ("x-clone99999999999999999999", "x-clone99999999999999999999-clone"),
    ],
)
def test_a_name_is_the_next_one_that_no_guest_has(name: str, clones: str) -> None:
    assert next_name(name, {name, "db-clone"}) == clones


@pytest.mark.parametrize(
    ("path", "beside"),
    [
        ("/srv/web.img", "/srv/new.img"),
        ("/srv/web", "/srv/new"),
        ("/srv/data.img", "/srv/data-clone.img"),
        ("/srv/a.b.c", "/srv/a.b-clone.c"),
        ("/srv/seven.1234567", "/srv/seven-clone.1234567"),
        ("/srv/eight.12345678", "/srv/eight.12345678-clone"),
        ("/srv/.hidden", "/srv/.hidden-clone"),
        ("/srv/taken.img", "/srv/taken-clone-2.img"),
        ("relative", "relative-clone"),
    ],
)
def test_an_image_is_copied_beside_the_original(path: str, beside: str) -> None:
    taken = ("/srv/taken-clone.img", "/srv/taken-clone-1.img")
    assert path_beside(path, ("web", "new"), lambda each: each in taken) == beside


def test_nothing_gets_a_name_a_place_or_an_address_that_is_taken() -> None:
    model = domain(disk("file='/pool/taken.img'") + "<interface type='user'/>")
    clone(model, around=Taken())
    assert model.name == "web-clone2"
    assert paths(model) == ["/pool/taken-clone-2.img"]
    for wrong, said in (
        ({"name": "db"}, "db"),
        ({"uuid": "AAAAAAAA-0000-1111-2222-333333333333"}, "(?i)aaaaaaaa"),
        ({"macs": ["52:54:00:00:00:01"]}, "52:54"),
        ({"files": ["/pool/taken.img"]}, "/pool/taken"),
        ({"files": ["/srv/there.img"]}, "/srv/there"),
        ({"files": ["/srv/web.img"]}, "/srv/web"),
    ):
        model = domain(disk("file='/srv/web.img'") + "<interface type='user'/>")
        before = model.to_xml()
        with pytest.raises(CloneError, match=said):
            clone(model, around=Taken(), **wrong)
        assert model.to_xml() == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "a/b"}, "no name"),
        ({"name": " "}, "no name"),
        ({"uuid": "zz"}, "no UUID"),
        ({"macs": ["zz"]}, "no address"),
        ({"macs": ["01:00:5e:00:00:01"]}, "group"),
        ({"choose_files": False}, "0 files for 1 disks"),
    ],
)
def test_what_is_no_name_uuid_or_address_is_refused(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(CloneError, match=said):
        clone(domain(disk("file='/srv/web.img'")), **wrong)  # type: ignore[arg-type]


def test_a_uuid_may_be_without_dashes_and_addresses_follow_the_cards() -> None:
    model = domain("<interface type='user'/>" * 3)
    clone(model, uuid="0123456789abcdef0123456789ABCDEF", macs=["52:54:00:00:00:0A", None])
    assert model.uuid == "01234567-89ab-cdef-0123-456789ABCDEF"
    assert model.devices is not None
    addresses = [card.mac.address for card in model.devices.interfaces if card.mac]
    assert addresses[0] == "52:54:00:00:00:0A"
    assert len(set(addresses)) == 3


@pytest.mark.parametrize(("kind", "prefix"), [("kvm", "52:54:00"), ("xen", "00:16:3e"), ("vmware", "00:0c:29")])
def test_addresses_begin_as_those_of_the_hypervisor_do(kind: str, prefix: str) -> None:
    model = domain("<interface type='user'/>", kind=kind)
    clone(model)
    assert model.devices is not None
    mac = model.devices.interfaces[0].mac
    assert mac is not None
    assert str(mac.address).startswith(prefix)


def test_images_that_nobody_writes_to_or_that_are_made_to_be_shared_stay_unless_forced() -> None:
    devices = disk("file='/a.iso'", "sda", rest="<readonly/>") + disk("file='/b.img'", "sdb", rest="<shareable/>")
    model = domain(devices)
    assert clone(model).copies == ()
    assert paths(model) == ["/a.iso", "/b.img"]
    model = domain(devices)
    assert [copy.device for copy in clone(model, force=["sda"]).copies] == ["sda"]
    assert paths(model) == ["/a-clone.iso", "/b.img"]


def test_an_image_that_is_not_to_be_copied_is_told_of() -> None:
    made = clone(domain(disk("file='/a.img'")), skip=["vda"])
    assert made.copies == ()
    assert [each.place for each in made.left] == ["disk vda"]


def test_files_are_taken_in_their_order_and_say_what_disks_are() -> None:
    model = domain(disk("file='/a.img'", "sda") + disk("file='/b.img'", "sdb") + disk("dev='/dev/c'", "sdc", "block"))
    clone(model, files=["/dev/vg/new", "/new.img", "/c.img"], choose_files=False, around=Taken())
    assert model.devices is not None
    assert [each.type for each in model.devices.disks] == ["block", "file", "file"]
    assert paths(model) == ["/dev/vg/new", "/new.img", "/c.img"]
    model = domain(disk("dev='/dev/a'", "sda", "block"))
    clone(model, files=["/somewhere"])
    assert model.devices is not None
    assert (model.devices.disks[0].type, paths(model)) == ("block", ["/somewhere"])  # nobody knows better


def test_an_empty_drive_that_is_forced_takes_a_file_but_stays_empty() -> None:
    model = domain("<disk type='file'><target dev='fda'/></disk>" + disk("file='/b.img'", "sdb"))
    clone(model, files=["/one", "/two"], force=["fda"], choose_files=False)
    assert paths(model) == ["/two"]


def test_two_disks_with_one_image_have_one_copy_and_others_never() -> None:
    model = domain(disk("file='/a.img'", "sda") + disk("file='/a.img'", "sdb") + disk("file='/a-clone.img'", "sdc"))
    made = clone(model)
    assert paths(model) == ["/a-clone-1.img", "/a-clone-1.img", "/a-clone-clone.img"]
    assert len(made.copies) == 2
    with pytest.raises(CloneError, match="to one place"):
        clone(domain(disk("file='/a.img'", "sda") + disk("file='/b.img'", "sdb")), files=["/c", "/c"])


def test_a_volume_has_its_copy_in_its_pool_or_at_its_path_where_that_is_known() -> None:
    model = domain(disk("pool='elsewhere' volume='web.qcow2'", kind="volume"))
    made = clone(model)
    assert model.devices is not None
    assert model.devices.disks[0].to_xml() == (
        "<disk type='volume'>\n  <source pool='elsewhere' volume='web-clone.qcow2'/>\n  <target dev='vda'/>\n</disk>\n"
    )
    assert (made.copies[0].source, made.copies[0].target) == ("elsewhere/web.qcow2", "elsewhere/web-clone.qcow2")
    model = domain(disk("pool='pool' volume='web.qcow2'", kind="volume"))
    clone(model, around=Taken())
    assert model.devices is not None
    assert model.devices.disks[0].to_xml() == (
        "<disk type='file'>\n  <source file='/pool/web-clone2.qcow2'/>\n  <target dev='vda'/>\n</disk>\n"
    )


def test_an_image_on_the_network_is_refused_unless_it_is_shared() -> None:
    network = disk("protocol='rbd' name='pool/image'", kind="network")
    with pytest.raises(CloneError, match="disk vda: an image of rbd cannot be copied"):
        clone(domain(network))
    assert clone(domain(network), skip=["vda"]).copies == ()


def test_with_data_that_is_preserved_nothing_is_copied_and_what_is_there_is_used() -> None:
    model = domain(disk("file='/a.img'"))
    made = clone(model, files=["/pool/taken.img"], preserve_data=True, around=Taken())
    assert (made.copies, paths(model)) == ((), ["/pool/taken.img"])


@pytest.mark.parametrize(
    ("nvram", "clones"),
    [
        ("<nvram>/a/x.fd</nvram>", "<nvram>/a/web-clone_VARS.fd</nvram>"),
        ("<nvram>/a/x</nvram>", "<nvram>/a/web-clone_VARS.fd</nvram>"),
        ("<nvram>/a/x.qcow2</nvram>", "<nvram>/a/web-clone_VARS.qcow2</nvram>"),
        ("<nvram template='/t.fd'/>", "<nvram template='/t.fd'/>"),
        ("<nvram type='file'><source file='/a/x.fd'/></nvram>", "<source file='/a/web-clone_VARS.fd'/>"),
        ("<nvram type='block'><source dev='/dev/x'/></nvram>", "<source dev='/dev/web-clone_VARS.fd'/>"),
        ("<varstore path='/a/web.json'/>", "<varstore path='/a/web-clone_VARS.json'/>"),
    ],
)
def test_what_the_firmware_remembers_is_copied(nvram: str, clones: str) -> None:
    model = domain(rest=f"<os><type>hvm</type>{nvram}</os>")
    made = clone(model)
    assert clones in model.to_xml()
    assert [copy.role for copy in made.copies] == ([] if clones == nvram else ["firmware"])


@pytest.mark.parametrize(
    ("devices", "rest", "place"),
    [
        ("", "<genid>43dc0cf8-809b-4adb-9bea-a9abb5f3d90e</genid>", "genid"),
        ("<vsock><cid auto='no' address='4'/></vsock>", "", "vsock"),
        ("", "<seclabel type='static' model='dac'><label>1:1</label></seclabel>", "seclabel"),
        ("<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>", "", "tpm"),
        ("<hostdev mode='subsystem' type='usb'/>", "", "hostdev 1"),
        (disk("file='/a'", rest="<serial>WD-1</serial>"), "", "disk vda"),
        ("<input type='mouse'><alias name='ua-mouse'/></input>", "", "aliases"),
        ("<graphics type='spice' tlsPort='5902'/>", "", "graphics 1"),
        ("<serial type='file'><source path='/a.log'/></serial>", "", "serial 1"),
        ("<serial type='tcp'><source mode='bind' host='h' service='99'/></serial>", "", "serial 1"),
        ("<filesystem><source dir='/a'/><target dir='b'/></filesystem>", "", "filesystem 1"),
        ("<memory model='nvdimm'><source><path>/a</path></source></memory>", "", "memory 1"),
        ("", "<sysinfo><system><entry name='serial'>1</entry></system></sysinfo>", "sysinfo"),
    ],
)
def test_what_no_two_guests_should_have_is_told_of(devices: str, rest: str, place: str) -> None:
    model = domain(devices, rest)
    before = model.to_xml()
    made = clone(model)
    assert [each.place for each in made.left] == [place]
    assert model.to_xml().count("\n") == before.count("\n") + 1  # the UUID


def test_what_libvirt_chooses_anew_is_not_told_of() -> None:
    devices = "<vsock><cid auto='yes' address='4'/></vsock><input type='mouse'><alias name='input0'/></input>"
    assert clone(domain(devices, "<genid/>")).left == ()


def test_a_domain_without_a_name_has_no_clone() -> None:
    with pytest.raises(CloneError, match="no name"):
        clone(Domain())
