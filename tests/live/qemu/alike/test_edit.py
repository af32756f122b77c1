"""libvirt has the same of a guest after `virtxml edit` as after virt-xml."""

from __future__ import annotations

import shlex
import subprocess

import pytest

from .bench import Bench, check_change

MACHINE = [
    "--edit --vcpus 3,maxvcpus=16",
    "--edit --memory 2048,maxmemory=8192",
    "--edit --cpu host-passthrough",
    "--edit --cpu Skylake-Server,+vmx,disable=hle",
    "--edit --cpu clearxml=yes,topology.sockets=1,topology.cores=2,topology.threads=2",
    "--edit --boot network,hd,menu=on",
    "--edit --features hyperv.relaxed.state=on,pmu.state=off,kvm.hidden.state=on",
    "--edit --clock offset=localtime,hpet_present=no",
    "--edit --events on_crash=destroy,on_reboot=destroy",
    "--edit --metadata title=Shop,description='What is sold'",
    "--edit --xml ./description=Bought",
]
TUNING = [
    "--edit --cputune vcpupin0.vcpu=0,vcpupin0.cpuset=1,emulatorpin.cpuset=0,shares=2048",
    "--edit --numatune 0,memory.mode=preferred",
    "--edit --memtune hard_limit=5000000,soft_limit=4000000",
    "--edit --blkiotune weight=300,device0.path=/dev/null,device0.weight=200",
    "--edit --memorybacking hugepages=on,nosharepages=on",
]
CHANGED = [
    "--edit target=vdb --disk cache=writeback,discard=unmap,io=threads",
    "--edit 1 --disk serial=abc,boot.order=1",
    "--edit device=cdrom --disk path=",
    "--edit --disk path={place}/other.img,driver.iothread=2",
    "--edit all --network model=virtio",
    "--edit mac=52:54:00:00:00:02 --network network=other,link.state=down",
    "--edit -1 --network bridge=br9",
    "--edit --graphics listen=0.0.0.0,port=5999,password=open",
    "--edit --video qxl",
    "--edit --rng /dev/random,rate.bytes=1024",
    "--edit 2 --hostdev boot.order=3",
    "--edit --watchdog action=poweroff",
    "--edit --memballoon none",
]
ADDED = [
    "--add-device --disk {place}/new.qcow2",
    "--add-device --disk {place}/other.img,bus=scsi,serial=xyz,cache=none",
    "--add-device --disk device=cdrom",
    "--add-device --network network=lab",
    "--add-device --network bridge=br1,model=e1000e,mac=52:54:00:00:00:ab",
    "--add-device --network user,mac=52:54:00:00:00:ac",
    "--add-device --channel unix,target.type=virtio,target.name=org.example.1",
    "--add-device --filesystem /srv/share,share",
    "--add-device --input keyboard,bus=usb",
    "--add-device --panic default",
    "--add-device --controller scsi,model=virtio-scsi",
]
REMOVED = [
    "--remove-device --disk target=vdb",
    "--remove-device --network mac=52:54:00:00:00:01",
    "--remove-device --graphics vnc",
    "--remove-device --hostdev 1",
    "--remove-device --channel all",
    "--remove-device --watchdog 1",
]


@pytest.mark.usefixtures("virt_xml")
@pytest.mark.parametrize("change", [*MACHINE, *TUNING, *CHANGED, *ADDED, *REMOVED])
def test_a_guest_is_what_virt_xml_makes_of_it(change: str, bench: Bench) -> None:
    for name, form in (("new.qcow2", "qcow2"), ("other.img", "raw")):
        subprocess.run(["qemu-img", "create", "-q", "-f", form, bench.place / name, "1M"], check=True)
    arguments = shlex.split(change.replace("{place}", str(bench.place)))
    check_change(
        bench,
        lambda: bench.theirs("virt-xml", "guest", *arguments, "--define"),
        lambda: bench.ours_asking("edit", str(bench.file), *arguments),
        change,
    )
