"""Which release of libvirt comes with which operating system, and by which names people call the systems.

The versions are those of the packages that a release of a system came out with. Where to look them up, and new ones:
https://repology.org/project/libvirt/versions for all of them; packages.debian.org; packages.ubuntu.com;
koji.fedoraproject.org; https://gitlab.com/redhat/centos-stream/rpms/libvirt; software.opensuse.org;
repo.openeuler.org; https://docs.openstack.org/nova/latest/reference/libvirt-distro-support-matrix.html. Of RHEL 8,
they are those of the module `virt:rhel`, not of Advanced Virtualization. This module is data: `virtxml.releases`
looks things up.
"""

from __future__ import annotations

SYSTEMS: dict[str, dict[str, str]] = {
    "debian": {"8": "1.2.9", "9": "3.0.0", "10": "5.0.0", "11": "7.0.0", "12": "9.0.0", "13": "11.3.0"},
    "ubuntu": {
        "14.04": "1.2.2",
        "16.04": "1.3.1",
        "18.04": "4.0.0",
        "20.04": "6.0.0",
        "20.10": "6.6.0",
        "21.04": "7.0.0",
        "21.10": "7.6.0",
        "22.04": "8.0.0",
        "22.10": "8.6.0",
        "23.04": "9.0.0",
        "23.10": "9.6.0",
        "24.04": "10.0.0",
        "24.10": "10.6.0",
        "25.04": "11.0.0",
        "25.10": "11.6.0",
        "26.04": "12.0.0",
    },
    "rhel": {
        "7.0": "1.1.1",
        "7.1": "1.2.8",
        "7.2": "1.2.17",
        "7.3": "2.0.0",
        "7.4": "3.2.0",
        "7.5": "3.9.0",
        "7.6": "4.5.0",
        "7.7": "4.5.0",
        "7.8": "4.5.0",
        "7.9": "4.5.0",
        "8.0": "4.5.0",
        "8.1": "4.5.0",
        "8.2": "4.5.0",
        "8.3": "6.0.0",
        "8.4": "6.0.0",
        "8.5": "6.0.0",
        "8.6": "8.0.0",
        "8.7": "8.0.0",
        "8.8": "8.0.0",
        "8.9": "8.0.0",
        "8.10": "8.0.0",
        "9.0": "8.0.0",
        "9.1": "8.5.0",
        "9.2": "9.0.0",
        "9.3": "9.5.0",
        "9.4": "10.0.0",
        "9.5": "10.5.0",
        "9.6": "10.10.0",
        "9.7": "10.10.0",
        "9.8": "11.10.0",
        "10.0": "10.10.0",
        "10.1": "11.5.0",
        "10.2": "11.10.0",
    },
    "fedora": {
        "30": "5.1.0",
        "31": "5.6.0",
        "32": "6.1.0",
        "33": "6.6.0",
        "34": "7.0.0",
        "35": "7.6.0",
        "36": "8.1.0",
        "37": "8.6.0",
        "38": "9.0.0",
        "39": "9.7.0",
        "40": "10.1.0",
        "41": "10.6.0",
        "42": "11.0.0",
        "43": "11.6.0",
        "44": "12.0.0",
    },
    "sles": {
        "12.5": "5.1.0",
        "15.0": "4.0.0",
        "15.1": "5.1.0",
        "15.2": "6.0.0",
        "15.3": "7.1.0",
        "15.4": "8.0.0",
        "15.5": "9.0.0",
        "15.6": "10.0.0",
        "16.0": "11.4.0",
    },
    "openeuler": {"20.03": "5.5.0", "22.03": "6.2.0", "24.03": "9.10.0"},
}
"""The release of libvirt by system and the system's version."""

TITLES = {
    "debian": "Debian",
    "ubuntu": "Ubuntu",
    "rhel": "RHEL",
    "fedora": "Fedora",
    "sles": "SLES",
    "openeuler": "openEuler",
}
"""The systems as they write themselves."""

ROLLING = (
    "arch", "archlinux", "debiansid", "debianunstable", "fedorarawhide", "gentoo", "opensusetumbleweed", "rawhide",
    "sid", "tumbleweed",
)  # fmt: skip
"""Systems without versions, which follow libvirt."""

FAMILIES = {
    "alma": "rhel",
    "almalinux": "rhel",
    "centos": "rhel",
    "centosstream": "rhel",
    "el": "rhel",
    "oel": "rhel",
    "oraclelinux": "rhel",
    "ol": "rhel",
    "redhat": "rhel",
    "redhatenterpriselinux": "rhel",
    "rocky": "rhel",
    "rockylinux": "rhel",
    "deb": "debian",
    "f": "fedora",
    "fc": "fedora",
    "leap": "sles",
    "opensuse": "sles",
    "opensuseleap": "sles",
    "sle": "sles",
    "suse": "sles",
    "suselinuxenterpriseserver": "sles",
    "oe": "openeuler",
}
"""Other names of systems, and systems that are built from the packages of another."""

CODENAMES = {
    "jessie": "debian8",
    "stretch": "debian9",
    "buster": "debian10",
    "bullseye": "debian11",
    "bookworm": "debian12",
    "trixie": "debian13",
    "trusty": "ubuntu14.04",
    "xenial": "ubuntu16.04",
    "bionic": "ubuntu18.04",
    "focal": "ubuntu20.04",
    "groovy": "ubuntu20.10",
    "hirsute": "ubuntu21.04",
    "impish": "ubuntu21.10",
    "jammy": "ubuntu22.04",
    "kinetic": "ubuntu22.10",
    "lunar": "ubuntu23.04",
    "mantic": "ubuntu23.10",
    "noble": "ubuntu24.04",
    "oracular": "ubuntu24.10",
    "plucky": "ubuntu25.04",
    "questing": "ubuntu25.10",
    "resolute": "ubuntu26.04",
}
"""The names that Debian and Ubuntu give their releases."""
