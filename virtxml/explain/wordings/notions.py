"""The notions of libvirt that its schemas define by patterns, in words, with an example of each."""

from __future__ import annotations

from .form import Form

_ANY_NAME = "a name of letters, digits and the signs"


def _hexadecimal(digits: int, example: str) -> tuple[Form, ...]:
    return (Form(f"a hexadecimal number of up to {digits} digits", example),)


def _either(low: int, high: int, example: str) -> tuple[Form, ...]:
    """Return the form of numbers that have one datatype for each way to write them."""
    words = f"a number from {low} to {high}, decimal or hexadecimal"
    return (Form(words, example), Form(words, str(int(example, 16))))


_MAC = (Form("a MAC address", "52:54:00:12:34:56"),)
_DISK_NAME = Form("a disk's name in the guest", "vda")

NOTIONS: dict[str, tuple[Form, ...]] = {
    "IscsiQualifiedName": (Form("an iSCSI qualified name", "iqn.2024-01.com.example:storage"),),
    "UUID": (
        Form("a UUID", "4dea22b3-1d52-d8f3-2516-782e98ab3fa0"),
        # The schemas allow it without hyphens, which is not worth a word.
        Form("a UUID", "4dea22b31d52d8f32516782e98ab3fa0"),
    ),
    "absDirPath": (Form("an absolute path of a directory", "/var/lib/libvirt/images"),),
    "absFilePath": (Form("an absolute path of a file", "/var/lib/libvirt/images/disk.qcow2"),),
    "addr-family": (Form("an address family", "ipv4", ("ipv4", "ipv6")),),
    "addrIP": (Form("an IPv4 address", "192.168.122.1"),),
    "addrIPv6": (Form("an IPv6 address", "fd00::1"),),
    "addrMAC": _MAC,
    "addrMask": (Form("an IPv4 netmask", "255.255.255.0"),),
    "addrMaskv6": (Form("an IPv6 netmask", "ffff:ffff::"),),
    "aliasName": (Form(f"{_ANY_NAME} - _ .", "ua-mydisk"),),
    "apDomainRange": _hexadecimal(4, "0x00ab"),
    "arpOpcodeType": (
        Form(
            "an ARP operation",
            "Request",
            (
                "Request",
                "Reply",
                "Request_Reverse",
                "Reply_Reverse",
                "DRARP_Request",
                "DRARP_Reply",
                "DRARP_Error",
                "InARP_Request",
                "ARP_NAK",
            ),
        ),
    ),
    "bridgeMode": (Form("a mode", "bridge", ("vepa", "bridge", "private", "passthrough")),),
    "cappcidev": (
        # A speed is anything with digits around a character, and so is a class.
        Form("a speed in GT/s", "2.5"),
        Form("a PCI class of six hexadecimal digits", "0x030000"),
    ),
    "ccidSlot": (Form("a whole number of one or two digits", "0"),),
    "ccwCssidRange": (*_either(0, 254, "0xfe"), Form("a number from 0 to 254, decimal or hexadecimal", "0xe0")),
    "ccwDevnoRange": _either(0, 65535, "0x0001"),
    "ccwSsidRange": (Form("a number from 0 to 3, or 0x0 to 0x3", "0x0"),),
    "checkpointName": (Form(f"{_ANY_NAME} - _ ., which is not the first", "before-update"),),
    "compat": (Form("a version of two numbers", "1.1"),),
    "cpuModel": (Form("the vendor of a CPU, 12 characters without a comma", "GenuineIntel"),),
    "cpuset": (Form("a set of CPUs", "0-3,^2,8"),),
    "createMode": (Form("an octal file mode of up to three digits", "0755"),),
    "dbusAddr": (Form("the address of a D-Bus", "unix:path=/run/bus"),),
    "deviceBoot": (Form("a LOADPARM of at most 8 letters, digits, dots and spaces", "2"),),
    "deviceName": (Form(f"{_ANY_NAME} _ . - \\ : /", "eth0"),),
    "dirPath": (Form("a path", "/srv/share"),),
    "diskSerial": (Form(f"{_ANY_NAME} _ . + - and space", "WD-WMAP9A966149"),),
    "diskSourceNetworkProtocolHTTPCookies": (
        Form("a value of a cookie, without spaces, commas or semicolons", '"abc/d"'),
        Form("a name of a cookie, without spaces or separators", "session"),
    ),
    "diskTarget": (_DISK_NAME,),
    "diskTargetDev": (_DISK_NAME, Form("the name of an NVMe disk in the guest", "nvme0n1")),
    "diskspec": (
        # The longest comes first: what it allows is too long for the others.
        Form("text of at most 40 ASCII characters", "QEMU disk with a long name"),
        Form("text of at most 16 ASCII characters", "QEMU HARDDISK"),
        Form("text of at most 8 ASCII characters", "QEMU"),
    ),
    "dnsName": (Form("a host name", "example.com"),),
    "domainName": (Form("a name without line breaks", "guest-1"),),
    "driveBus": (Form("a whole number of one or two digits", "0"),),
    "driveController": (Form("a whole number of one or two digits", "0"),),
    "driveSCSITarget": (Form("a whole number of up to 10 digits", "0"),),
    "driveSCSIUnit": (Form("a whole number of up to 20 digits", "0"),),
    "driveTarget": (Form("a whole number of one or two digits", "0"),),
    "driveUnit": (Form("a whole number of up to 5 digits", "0"),),
    "duidEN": (Form("a DHCP unique identifier (DUID-EN)", "00:02:00:00:ab:11:a0:b1"),),
    "duidLL": (Form("a DHCP unique identifier (DUID-LL)", "00:03:00:01:52:54:00:12:34:56"),),
    "duidLLT": (Form("a DHCP unique identifier (DUID-LLT)", "00:01:00:01:1b:2c:3d:4e:52:54:00:12:34:56"),),
    "duidUUID": (
        Form("a DHCP unique identifier (DUID-UUID)", "00:04:4d:ea:22:b3:1d:52:d8:f3:25:16:78:2e:98:ab:3f:a0"),
    ),
    "featureName": (Form("the name of a CPU feature", "sse4.2"), Form("the name of a CPU feature", "sse4_2")),
    "fibrechannel": (Form("an identifier of 1 to 128 ASCII characters", "appid1"),),
    "filePath": (Form("a path", "/srv/file"),),
    "filter-node-attributes": tuple(
        Form(f"{name} and at most {length} more characters", f"{name}-own")
        for name, length in {"mac": 9, "stp": 9, "vlan": 8, "arp": 9, "rarp": 8, "ipv4": 8, "ipv6": 8}.items()
    ),
    "filter-param-name": (Form(f"{_ANY_NAME} _", "CTRL_IP_LEARNING"),),
    "filter-param-value": (Form(f"{_ANY_NAME} _ . :", "192.168.122.10"),),
    "genericName": (Form(f"{_ANY_NAME} _ + -", "qemu"),),
    "hexuint": (Form("a hexadecimal number in lower case", "0x1f"),),
    "hostcpu": (Form("the name of a CPU feature", "vmx"),),
    "hostdevsubsyshost": (Form("naa. and 16 hexadecimal digits", "naa.5123456789abcde0"),),
    "hyperv": (Form("at most 12 characters without a comma", "KVM Hv"),),
    "interface-bridge-attributes": (Form(f"{_ANY_NAME} _ . - \\ : / and space", "br0"),),
    "interface-options": (Form(f"{_ANY_NAME} - _", "virtio"),),
    "ipProtocolType": _either(0, 255, "0x06"),
    "ipset-flags-type": (Form("up to six of src and dst, with commas between them", "src,dst"),),
    "ipset-name-type": (Form("the name of an IP set, of at most 31 characters", "blocked"),),
    "ipv4Addr": (Form("an IPv4 address", "192.168.122.1"),),
    "ipv6Addr": (Form("an IPv6 address", "fd00::1"),),
    "isaaddress": (*_hexadecimal(4, "0x03f8"), Form("0x and one hexadecimal digit", "0x4")),
    "mac": _MAC,
    "mac-protocolid": _either(1536, 65535, "0x0806"),
    "macAddr": _MAC,
    "monitorFeature": (Form("the name of a feature that begins with llc_ or mbm_", "mbm_total_bytes"),),
    "netfeaturename": (Form("a name of letters and the signs - _", "rx"),),
    "objectName": (Form("a name without / and line breaks", "guest-1"),),
    "objectNameWithSlash": (Form("a name without line breaks", "guest-1"),),
    "octalMode": (Form("an octal file mode", "0644"),),
    "osexe": (Form("the name of an environment variable", "HOME"),),
    "ostypehvm": (Form(f"{_ANY_NAME} _ . -", "pc-q35-9.0"),),
    "path": (Form("an absolute path of letters, digits and the signs _ + - / %", "/dev/sda"),),
    "pciFunc": _either(0, 7, "0x1"),
    "pciSlot": _either(0, 31, "0x1f"),
    "poolName": (Form("a name without / and line breaks", "default"),),
    "profileName": (Form(f"{_ANY_NAME} . - :", "restrict:basic"),),
    "protocol": (Form("a protocol", "tcp", ("tcp", "udp")),),
    "shmem": (Form("a name without /", "memory"),),
    "sixbitrange": _either(0, 63, "0x2e"),
    "spaprvioReg": _hexadecimal(8, "0x3000"),
    "stateflags-type": (
        Form("NONE, or some of NEW, ESTABLISHED, RELATED and INVALID with commas between them", "NEW,ESTABLISHED"),
    ),
    "statematch-type": (Form("no, in one of the words for it", "false", ("false", "0")),),
    "systemVPDFieldIndex": (Form("one digit, or one capital letter but A", "B"),),
    "tcpflags-type": (Form("two sets of TCP flags with a slash between them", "SYN,ACK/SYN"),),
    "timeDelta": (Form("a number of seconds", "-3600"),),
    "timeZone": (Form("the name of a time zone", "Europe/Paris"),),
    "timestamp": (Form("seconds with at most nine decimal places", "1341933637.273190990"),),
    "title": (Form("text without line breaks", "A guest"),),
    "uint16": _either(0, 65535, "0x001f"),
    "uint16range": _either(0, 65535, "0x001f"),
    "uint24": _either(0, 16777215, "0x00001f"),
    "uint32": _either(0, 4294967295, "0x0000001f"),
    "uint32range": _hexadecimal(8, "0x0000001f"),
    "uint8": _either(0, 255, "0x1f"),
    "uniMacAddr": (
        # The second digit of an address for many receivers is odd.
        Form("a unicast MAC address, whose second digit is even", "52:54:00:12:34:56"),
    ),
    "unit": (
        Form(
            "a unit of size",
            "KiB",
            ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "KB", "MB", "GB", "TB", "PB", "EB"),
        ),
    ),
    "usbAddr": _hexadecimal(3, "0x001"),
    "usbClass": _hexadecimal(2, "0x08"),
    "usbId": _hexadecimal(4, "0x1d6b"),
    "usbIdDefault": (Form("any of them", "-1", ("-1",)),),
    "usbPort": (Form("a USB port, numbers of the ports on the way with dots between them", "1.2"),),
    "usbVersion": (Form("a version of USB", "2.00"),),
    "variable-name-type": (Form("a variable", "$IP"),),
    "vendorVPDFieldIndex": (Form("one digit or capital letter", "0"),),
    "virtioserialPort": (Form("a whole number of one or two digits", "1"),),
    "virtualPortProfileID": (Form("the name of a profile, of at most 39 characters", "profile1"),),
    "vlan-vlanid": _either(0, 4095, "0x001"),
    "vmwarePath": (Form("a path in a datastore", "[datastore1] guest/disk.vmdk"),),
    "volName": (Form("a name without /, and neither . nor ..", "disk.qcow2"),),
    "vpdFieldValueFormat": (Form("text of at most 255 characters", "A1"),),
    "wwn": (Form("a world wide name of 16 hexadecimal digits", "0x5000c50015ea71ad"),),
    "xen": (Form("a way to pass through", "share_pt", ("sync_pt", "share_pt")),),
    "zoneName": (Form(f"{_ANY_NAME} _ -", "public"),),
}
"""For each definition the forms that it has; a datatype has the first whose example it accepts."""
