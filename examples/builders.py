"""Build a guest and its network, and print their XML: `python examples/builders.py > web01.xml`."""

from __future__ import annotations

from virtxml import Domain, builders


def web_server(name: str, *, memory: str = "4 GiB") -> Domain:
    """Return a web server with Secure Boot on the network "default"."""
    return (
        builders.domain(name)
        .kvm()
        .memory(memory)
        .vcpus(4)
        .uefi(secure_boot=True)
        .disk(f"/var/lib/libvirt/images/{name}.qcow2", size="20 GiB")
        .cdrom("/iso/debian.iso", boot=1)
        .network("default", model="virtio")
        .share("/srv/www", tag="www")
        .tpm()
        .vnc(listen="127.0.0.1")
        .build()
    )


if __name__ == "__main__":
    print(web_server("web01").to_xml(), end="")
