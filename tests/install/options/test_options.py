"""What options put onto a domain."""

from __future__ import annotations

import pytest

from tests.install.applying import applied, xml


@pytest.mark.parametrize(
    ("argv", "name", "expected"),
    [
        ("--memory 512", "memory", "<memory>524288</memory>"),
        ("--memory 512", "current_memory", "<currentMemory>524288</currentMemory>"),
        ("--memory 512,maxmemory=1024", "memory", "<memory>1048576</memory>"),
        ("--memory 512,maxmemory=1024", "current_memory", "<currentMemory>524288</currentMemory>"),
        ("--memory 10,currentMemory=5", "memory", "<memory>10240</memory>"),
        ("--memory 10,currentMemory=5", "current_memory", "<currentMemory>5120</currentMemory>"),
        (
            "--memory 1,hotplugmemorymax=4,hotplugmemoryslots=3",
            "max_memory",
            "<maxMemory slots='3'>4096</maxMemory>",
        ),
        ("--memory 1,hugepages=on", "memory_backing", "<memoryBacking><hugepages/></memoryBacking>"),
        ("--vcpus 4", "vcpu", "<vcpu>4</vcpu>"),
        ("--vcpus 4,maxvcpus=8", "vcpu", "<vcpu current='4'>8</vcpu>"),
        ("--vcpus 4,vcpu.current=2", "vcpu", "<vcpu current='2'>4</vcpu>"),
        ("--vcpus 4,cpuset=1,3-5", "vcpu", "<vcpu cpuset='1,3-5'>4</vcpu>"),
        ("--vcpus 4,cpuset=auto", "vcpu", "<vcpu placement='auto'>4</vcpu>"),
        ("--vcpus sockets=2,cores=3", "cpu", "<cpu><topology sockets='2' cores='3'/></cpu>"),
        (
            "--vcpus vcpus.vcpu2.id=0,vcpus.vcpu.id=3,vcpus.vcpu1.enabled=no",
            "vcpus",
            "<vcpus><vcpu id='3'/><vcpu enabled='no'/><vcpu id='0'/></vcpus>",
        ),
        ("--vcpus vcpus.vcpu3.id=5", "vcpus", "<vcpus><vcpu id='5'/></vcpus>"),
        ("--cpu host-passthrough", "cpu", "<cpu mode='host-passthrough'/>"),
        ("--cpu host", "cpu", "<cpu mode='host-model'/>"),
        (
            "--cpu foo,+a,-b,disable=c,forbid=d,forbid=e",
            "cpu",
            "<cpu mode='custom' match='exact'><model>foo</model><feature policy='force' name='a'/>"
            "<feature policy='disable' name='c'/><feature policy='disable' name='b'/>"
            "<feature policy='forbid' name='d'/><feature policy='forbid' name='e'/></cpu>",
        ),
        ("--cpu foo,+a --cpu maximum", "cpu", "<cpu mode='maximum'/>"),
        ("--cpu foo,+a --cpu clearxml=yes,match=strict", "cpu", "<cpu match='strict'/>"),
        (
            "--cpu cell0.cpus=1,2,3,cell1.id=7,cell0.memory=1024",
            "cpu",
            "<cpu><numa><cell cpus='1,2,3' memory='1024'/><cell id='7'/></numa></cpu>",
        ),
        (
            "--clock hpet_present=no,timer1.name=pit,timer1.catchup.limit=0x10",
            "clock",
            "<clock><timer name='hpet' present='no'/><timer name='pit'><catchup limit='16'/></timer></clock>",
        ),
        (
            "--features acpi=on,eoi=on,hyperv_vapic=off,pmu.state=on,gic.version=host",
            "features",
            "<features><acpi/><apic eoi='on'/><hyperv><vapic state='off'/></hyperv><pmu state='on'/>"
            "<gic version='host'/></features>",
        ),
        ("--features kvm.dirty-ring.state=on", "features", "<features><kvm><dirty-ring state='on'/></kvm></features>"),
        (
            "--boot network,hd,menu=on",
            "os",
            "<os><boot dev='network'/><boot dev='hd'/><bootmenu enable='yes'/></os>",
        ),
        ("--boot hd,boot1.dev=fd", "os", "<os><boot dev='hd'/><boot dev='fd'/></os>"),
        (
            "--boot firmware.secure-boot=yes,firmware.enrolled-keys=no",
            "os",
            "<os><firmware><feature enabled='yes' name='secure-boot'/><feature enabled='no' name='enrolled-keys'/>"
            "</firmware></os>",
        ),
        (
            "--boot kernel=/k,kernel_args=console=ttyS0,1234,initrd=/i",
            "os",
            "<os><kernel>/k</kernel><initrd>/i</initrd><cmdline>console=ttyS0,1234</cmdline></os>",
        ),
        ("--boot loader=/l,loader_ro=yes", "os", "<os><loader readonly='yes'>/l</loader></os>"),
        ("--boot 'initargs=a b'", "os", "<os><initarg>a</initarg><initarg>b</initarg></os>"),
        ("--sysinfo emulate", "os", "<os><smbios mode='emulate'/></os>"),
        ("--sysinfo bios.vendor=x", "os", "<os><smbios mode='sysinfo'/></os>"),
        (
            "--sysinfo bios_vendor=x --sysinfo type=smbios,system.serial=1,system_serial=2",
            "sysinfos",
            "<sysinfo type='smbios'><bios><entry name='vendor'>x</entry></bios>"
            "<system><entry name='serial'>2</entry></system></sysinfo>",
        ),
        (
            "--sysinfo 'oemStrings.entry0=a, b=c,oemStrings.entry1=d'",
            "sysinfos",
            "<sysinfo type='smbios'><oemStrings><entry>a, b=c</entry><entry>d</entry></oemStrings></sysinfo>",
        ),
        (
            "--seclabel type=static,label=a:b,c,relabel=yes --seclabel model=x",
            "seclabels",
            "<seclabel type='static' relabel='yes'><label>a:b,c</label></seclabel><seclabel model='x'/>",
        ),
        ("--numatune 1,2,mode=strict", "numatune", "<numatune><memory mode='strict' nodeset='1,2'/></numatune>"),
        ("--resource /p", "resource", "<resource><partition>/p</partition></resource>"),
        (
            "--keywrap cipher0.name=aes,cipher0.state=on",
            "keywrap",
            "<keywrap><cipher name='aes' state='on'/></keywrap>",
        ),
        ("--pm suspend_to_mem=yes", "pm", "<pm><suspend-to-mem enabled='yes'/></pm>"),
        (
            "--launchSecurity sev,policy=0x0001,cbitpos=0x2f",
            "launch_security",
            "<launchSecurity type='sev'><cbitpos>47</cbitpos><policy>0x0001</policy></launchSecurity>",
        ),
    ],
)
def test_parts_of_the_domain(argv: str, name: str, expected: str) -> None:
    domain, found = applied(argv)
    assert found.warnings == []
    assert xml(domain, name) == expected


def test_values_of_the_domain_itself() -> None:
    domain, _ = applied("--iothreads 2 --events on_crash=preserve --metadata title=a,b,genid_enable=yes --name n")
    assert (domain.iothreads, domain.on_crash, domain.title, domain.genid, domain.name) == (
        2,
        "preserve",
        "a,b",
        "",
        "n",
    )


@pytest.mark.parametrize(
    ("argv", "name", "expected"),
    [
        ("--input tablet,bus=default", "inputs", "<input type='tablet'/>"),
        ("--input mouse,bus=usb,bus=ps2", "inputs", "<input type='mouse' bus='ps2'/>"),
        ("--input mouse,model=virtio,model=", "inputs", "<input type='mouse'/>"),
        ("--watchdog ib700,action=pause", "watchdogs", "<watchdog model='ib700' action='pause'/>"),
        ("--memballoon none", "memballoon", "<memballoon model='none'/>"),
        ("--vsock cid=17", "vsock", "<vsock><cid address='17'/></vsock>"),
        ("--video qxl,vgamem=1", "videos", "<video><model type='qxl' vgamem='1'/></video>"),
        (
            "--controller usb,model=ich9-uhci1,address=0:0:1f.7,master=2",
            "controllers",
            "<controller type='usb' model='ich9-uhci1'><master startport='2'/>"
            "<address type='pci' domain='0' bus='0' slot='31' function='7'/></controller>",
        ),
        (
            "--controller usb2",
            "controllers",
            "<controller type='usb' model='ich9-ehci1'/>"
            "<controller type='usb' model='ich9-uhci1'><master startport='0'/></controller>"
            "<controller type='usb' model='ich9-uhci2'><master startport='2'/></controller>"
            "<controller type='usb' model='ich9-uhci3'><master startport='4'/></controller>",
        ),
        ("--controller usb3", "controllers", "<controller type='usb' ports='15'/>"),
        ("--controller num_pcie_root_ports=3", "controllers", ""),
        (
            "--serial tcp,host=:2222,mode=bind,protocol=telnet",
            "serials",
            "<serial type='tcp'><source mode='bind' host='127.0.0.1' service='2222'/>"
            "<protocol type='telnet'/></serial>",
        ),
        (
            "--parallel udp,host=0.0.0.0:1,bind_host=127.0.0.1:2",
            "parallels",
            "<parallel type='udp'><source mode='bind' host='127.0.0.1' service='2'/>"
            "<source mode='connect' host='0.0.0.0' service='1'/></parallel>",
        ),
        ("--serial unix,path=/a", "serials", "<serial type='unix'><source mode='bind' path='/a'/></serial>"),
        (
            "--serial tcp,host=[::1]:5",
            "serials",
            "<serial type='tcp'><source mode='connect' host='::1' service='5'/></serial>",
        ),
        (
            "--channel pty,target_type=guestfwd,target_address=127.0.0.1:80",
            "channels",
            "<channel type='pty'><target type='guestfwd' address='127.0.0.1' port='80'/></channel>",
        ),
        ("--rng /dev/random", "rngs", "<rng><backend model='random'>/dev/random</backend></rng>"),
        (
            "--rng egd,backend_host=a:1,backend_connect_host=b:2,backend_mode=bind",
            "rngs",
            "<rng><backend model='egd'><source mode='bind' host='a' service='1'/>"
            "<source mode='connect' host='b' service='2'/></backend></rng>",
        ),
        (
            "--rng /dev/random,backend.protocol.type=",
            "rngs",
            "<rng><backend model='random'>/dev/random</backend></rng>",
        ),
        ("--tpm /dev/tpm0", "tpms", "<tpm><backend type='passthrough'><device path='/dev/tpm0'/></backend></tpm>"),
        ("--tpm default", "tpms", "<tpm/>"),
        ("--panic 0x505", "panics", "<panic model='isa'><address type='isa' iobase='0x505'/></panic>"),
        ("--filesystem /a,/b", "filesystems", "<filesystem><source dir='/a'/><target dir='/b'/></filesystem>"),
        (
            "--filesystem a,/b,type=template",
            "filesystems",
            "<filesystem type='template'><source name='a'/><target dir='/b'/></filesystem>",
        ),
        (
            "--memdev dimm,target_size=2,source_nodemask=1-2,3,target_label_size=1",
            "memories",
            "<memory model='dimm'><source><nodemask>1-2,3</nodemask></source>"
            "<target><size>2048</size><label><size>1024</size></label></target></memory>",
        ),
        (
            "--graphics spice,listen=none,keymap=local,gl=yes",
            "graphics",
            "<graphics type='spice'><listen type='none'/><gl enable='yes'/></graphics>",
        ),
        ("--graphics vnc,listen=1.2.3.4,port=-1", "graphics", "<graphics type='vnc' port='-1' listen='1.2.3.4'/>"),
        (
            "--redirdev usb,type=tcp,server=a:1",
            "redirdevs",
            "<redirdev bus='usb' type='tcp'><source host='a' service='1'/></redirdev>",
        ),
        ("--shmem s,size=4,size.unit=M", "shmems", "<shmem name='s'><size unit='M'>4</size></shmem>"),
    ],
)
def test_devices(argv: str, name: str, expected: str) -> None:
    domain, _ = applied(argv)
    assert xml(domain, f"devices.{name}") == expected


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        ("user", "<interface type='user'/>"),
        ("default", "<interface/>"),
        ("bridge=br0,model=default", "<interface type='bridge'><source bridge='br0'/></interface>"),
        (
            "bridge:br0,model=e1000",
            "<interface type='bridge'><source bridge='br0'/><model type='e1000'/></interface>",
        ),
        ("network=n,mac=RANDOM", "<interface type='network'><source network='n'/></interface>"),
        ("type=direct,source=eth0", "<interface type='direct'><source dev='eth0'/></interface>"),
        ("user,network=n", "<interface type='user'/>"),
        ("network=n,bridge=b", "<interface type='bridge'><source bridge='b'/></interface>"),
        ("type=ethernet,source=x", "<interface type='ethernet'/>"),
        ("user,link_state=off", "<interface type='user'><link state='down'/></interface>"),
        ("backend.type=passt", "<interface type='user'><backend type='passt'/></interface>"),
        ("model.type=virtio", "<interface><model type='virtio'/></interface>"),
        (
            "passt,portForward0=7000-8000/udp",
            "<interface type='user'><portForward proto='udp'><range start='7000' end='8000'/></portForward>"
            "<backend type='passt'/></interface>",
        ),
        (
            "user,portForward=2001:db8::1:10:3000-4000:30",
            "<interface type='user'><portForward proto='tcp' address='2001:db8::1:10'>"
            "<range start='3000' end='4000' to='30'/></portForward></interface>",
        ),
    ],
)
def test_networks(argv: str, expected: str) -> None:
    _, found = applied("--network", argv)
    (request,) = found.networks
    assert "".join(line.strip() for line in request.interface.to_xml().splitlines()) == expected


def test_disks_are_requests() -> None:
    domain, found = applied(
        "--disk /a,size=1.5,format=qcow2,sparse=no,bus=scsi,cache=none,perms=ro --disk pool=p,vol=q"
    )
    first, second = found.disks
    assert (first.path, first.size, first.format, first.sparse) == ("/a", 1.5, "qcow2", False)
    assert "".join(line.strip() for line in first.disk.to_xml().splitlines()) == (
        "<disk><driver cache='none'/><target bus='scsi'/><readonly/></disk>"
    )
    assert (second.pool, second.vol, second.path) == ("p", "q", None)
    assert domain.devices is None or domain.devices.disks == []


def test_host_devices_are_requests() -> None:
    _, found = applied("--hostdev 001.003,rom_bar=off --hostdev wlan0,type=net")
    assert [request.name for request in found.hostdevs] == ["001.003", "wlan0"]
    assert found.hostdevs[1].hostdev.type == "net"


def test_every_attribute_of_the_schemas_is_reachable() -> None:
    _, found = applied("--disk /a,driver.discard_no_unref=on,source.slices.slice.size=4,encryption.secret.uuid=x")
    text = found.disks[0].disk.to_xml()
    for part in ("discard_no_unref='on'", "<slice size='4'/>", "<secret uuid='x'/>"):
        assert part in text


def test_what_the_schemas_do_not_know_is_said_all_the_same() -> None:
    domain, _ = applied("--filesystem type=volume,source.pool=p,target.dir=/a --serial pty,target.name=x")
    assert domain.devices is not None
    assert "<source pool='p'/>" in domain.devices.filesystems[0].to_xml()
    assert "<target name='x'/>" in domain.devices.serials[0].to_xml()


def test_qemu_gets_its_own_words() -> None:
    domain, _ = applied("--qemu-commandline", "-set a='b c',x=y", "--qemu-commandline", "env=A=b,c")
    line = domain.qemu_commandline
    assert line is not None
    assert [arg.value for arg in line.args] == ["-set", "a=b c,x=y"]
    assert [(env.name, env.value) for env in line.envs] == [("A", "b,c")]


def test_none_is_noted_and_makes_nothing() -> None:
    domain, found = applied("--network none --graphics none --cpu none --disk none --sound none --tpm none")
    assert found.none == {"network", "graphics", "disk", "sound", "tpm"}
    assert domain.devices is None
    assert found.cpu.special == "none"
    assert domain.cpu is None
    assert found.networks == []
    assert found.disks == []


def test_what_was_said_is_kept_by_name() -> None:
    _, found = applied("--features acpi=off,eoi=on,pae= --clock timer2.name=pit")
    assert found.said["features"] == [{"acpi": False, "apic.eoi": True, "pae": None}]
    assert found.said["clock"] == [{"timer2.name": "pit"}]


def test_boot_and_cpu_ask_for_decisions() -> None:
    _, found = applied("--boot uefi,secure-boot=no --cpu default,secure=off")
    assert (found.boot.uefi, found.boot.uefi_path, found.boot.secure_boot) == (True, None, False)
    assert (found.cpu.special, found.cpu.secure) == ("default", False)
    assert applied("--boot uefi=off")[1].boot.uefi is False
    assert applied("--boot uefi=/x.fd")[1].boot.uefi_path == "/x.fd"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fedora40", ("fedora40", None, None, None)),
        ("name=a,detect=on", ("a", None, True, None)),
        ("short-id=a,require=no", ("a", None, None, False)),
        ("http://a/b", (None, "http://a/b", None, None)),
        ("id=http://a/b?c=d", (None, "http://a/b?c=d", None, None)),
        ("detect=yes,require=no", (None, None, True, False)),
        ("auto", (None, None, True, None)),
        ("none", (None, None, False, False)),
    ],
)
def test_the_operating_system_is_a_request(text: str, expected: tuple[object, ...]) -> None:
    found = applied("--osinfo", text)[1].osinfo
    assert (found.name, found.id, found.detect, found.require) == expected


def test_installation_is_a_request() -> None:
    found = applied(
        "--location http://a/b?x=1,kernel=k,initrd=i -x a=b -x c --initrd-inject f --install no_install=yes"
        " --cloud-init ssh-key=/k,disable=no --unattended profile=desktop"
    )[1].install
    assert (found.location, found.location_kernel, found.location_initrd) == ("http://a/b?x=1", "k", "i")
    assert (found.extra_args, found.initrd_inject) == (["a=b", "c"], ["f"])
    assert (found.install, found.no_install) == (True, True)
    assert found.cloud_init == {"root-ssh-key": "/k", "disable": False}
    assert found.unattended == {"profile": "desktop"}


def test_checks_are_noted() -> None:
    assert applied("--check path_in_use=off")[1].checks == {"path_in_use": False}
    assert set(applied("--check all=off,disk_size=on")[1].checks.items()) >= {
        ("disk_size", True),
        ("mac_in_use", False),
    }
