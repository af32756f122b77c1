"""What `--location` finds in directories and images of discs on this machine."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from virtxml.guests.osinfo import find_os
from virtxml.guests.osinfo.trees import has_no_tree
from virtxml.install import InstallError, translate
from virtxml.install.trees import Tree, read_tree

if TYPE_CHECKING:
    from pathlib import Path

REST = ["--name", "lab", "--memory", "1024", "--disk", "none", "--network", "none"]
TREEINFO = """[general]
family = Fedora
version = 38
arch = x86_64

[images-x86_64]
kernel = boot/vmlinuz
initrd = boot/initrd.img
"""


def make_tree(path: Path, treeinfo: str = TREEINFO) -> Path:
    (path / "boot").mkdir(parents=True)
    (path / ".treeinfo").write_text(treeinfo)
    (path / "boot" / "vmlinuz").write_text("kernel")
    (path / "boot" / "initrd.img").write_text("initrd")
    return path


def make_image(path: Path, files: dict[str, bytes], *, volume: str = "DISC", rock_ridge: bool = True) -> Path:
    pycdlib = pytest.importorskip("pycdlib")
    disc = pycdlib.PyCdlib()
    disc.new(vol_ident=volume, rock_ridge="1.09" if rock_ridge else None)
    made = set()
    for number, (name, content) in enumerate(files.items()):
        directory, _, base = name.rpartition("/")
        if directory and directory not in made:
            made.add(directory)
            disc.add_directory(f"/{directory.upper()}", rr_name=directory if rock_ridge else None)
        short = f"F{number}." if rock_ridge else base.upper()
        place = f"/{directory.upper()}/{short};1" if directory else f"/{short};1"
        disc.add_fp(io.BytesIO(content), len(content), place, rr_name=base if rock_ridge else None)
    disc.write(str(path))
    disc.close()
    return path


FILES = {".treeinfo": TREEINFO.encode(), "boot/vmlinuz": b"kernel", "boot/initrd.img": b"initrd"}


def refused(*arguments: object) -> str:
    with pytest.raises(InstallError) as caught:
        translate([*REST, *map(str, arguments)])
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_directory_tells_its_system_and_what_to_boot(tmp_path: Path) -> None:
    tree = make_tree(tmp_path / "tree")
    found = translate([*REST, "--location", str(tree)])
    assert found.install_domain is not None
    assert found.install_domain.os.kernel == "/var/lib/libvirt/boot/lab-vmlinuz"
    assert found.install_domain.os.initrd == "/var/lib/libvirt/boot/lab-initrd.img"
    assert f"/var/lib/libvirt/boot/lab-vmlinuz from {tree}: boot/vmlinuz" in found.to_make
    assert 'id="http://fedoraproject.org/fedora/38"' in found.domain.to_xml().replace("'", '"')


@pytest.mark.parametrize("rock_ridge", [True, False])
def test_an_image_tells_what_to_boot_by_its_usual_places(tmp_path: Path, rock_ridge: bool) -> None:
    files = {"casper/vmlinuz": b"kernel", "casper/initrd": b"initrd"}
    image = make_image(tmp_path / "disc.iso", files, rock_ridge=rock_ridge)
    found = translate([*REST, "--osinfo", "ubuntu22.04", "--location", str(image)])
    assert f"/var/lib/libvirt/boot/lab-initrd from {image}: casper/initrd" in found.to_make


def test_an_image_tells_its_system_by_its_treeinfo(tmp_path: Path) -> None:
    found = translate([*REST, "--location", str(make_image(tmp_path / "disc.iso", FILES))])
    assert "fedora/38" in found.domain.to_xml()
    assert [disk.device for disk in found.domain.devices.disks] == ["cdrom"]


def test_labels_tell_the_system_without_a_treeinfo(tmp_path: Path) -> None:
    files = {"isolinux/vmlinuz": b"k", "isolinux/initrd.img": b"i"}
    image = make_image(tmp_path / "disc.iso", files, volume="Fedora-S-dvd-x86_64-37")
    assert "fedora/37" in translate([*REST, "--location", str(image)]).domain.to_xml()


def test_a_truncated_image_is_refused_in_one_line(tmp_path: Path) -> None:
    image = make_image(tmp_path / "disc.iso", FILES)
    whole = image.read_bytes()
    for size in (0, 2048 * 16, 2048 * 17 + 100, 2048 * 19, 2048 * 20 + 7):
        image.write_bytes(whole[:size])
        assert str(image) in refused("--osinfo", "fedora38", "--location", image)


@pytest.mark.parametrize(
    ("treeinfo", "words"),
    [
        ("no section\n", "does not describe a tree"),
        ("\0" * 10, "does not describe a tree"),
        (TREEINFO.replace("boot/vmlinuz", "boot/nothing"), "'boot/nothing'"),
        (TREEINFO.replace("boot/vmlinuz", "../../etc/passwd"), "'../../etc/passwd'"),
        (TREEINFO.replace("boot/vmlinuz", "/etc/passwd"), "'/etc/passwd'"),
        ("#" * 2**21, "too large"),
    ],
)
def test_a_wrong_treeinfo_is_refused(tmp_path: Path, treeinfo: str, words: str) -> None:
    assert words in refused("--osinfo", "fedora38", "--location", make_tree(tmp_path / "tree", treeinfo))


def test_links_out_of_a_tree_and_pipes_in_it_are_no_files_of_it(tmp_path: Path) -> None:
    tree = make_tree(tmp_path / "tree")
    (tmp_path / "secret").write_text("secret")
    (tree / "boot" / "vmlinuz").unlink()
    (tree / "boot" / "vmlinuz").symlink_to(tmp_path / "secret")
    assert "no file in it" in refused("--osinfo", "fedora38", "--location", tree)
    (tree / ".treeinfo").unlink()
    os.mkfifo(tree / ".treeinfo")
    assert "no kernel" in refused("--osinfo", "fedora38", "--location", tree)


def test_a_directory_is_refused_for_another_machine(tmp_path: Path) -> None:
    words = refused(
        "--osinfo", "fedora38", "--location", make_tree(tmp_path / "tree"), "--connect", "qemu+ssh://a/system"
    )
    assert "another machine" in words or "libvirt" in words


def test_systems_without_a_tree_are_refused() -> None:
    assert "no installation tree" in refused("--install", "winxp")
    assert has_no_tree(find_os("win11"))
    assert not has_no_tree(find_os("fedora38"))


def test_images_need_their_library_only_when_one_is_looked_into(tmp_path: Path) -> None:
    image = make_image(tmp_path / "disc.iso", FILES)
    code = (
        "import sys; sys.modules['pycdlib'] = None\n"
        "from virtxml.install import translate\n"
        "rest = sys.argv[2:] + ['--osinfo', 'fedora38', '--location']\n"
        "translate([*rest, sys.argv[1] + ',kernel=a,initrd=b'])\n"
        "try: translate([*rest, sys.argv[1]])\n"
        "except ValueError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(image), *REST], capture_output=True, text=True, check=True)
    assert "pip install 'virtxml[media]'" in done.stdout


def test_installers_of_a_tree_find_their_answers_in_the_initial_ram_disk(tmp_path: Path) -> None:
    found = translate([*REST, "--location", str(make_tree(tmp_path / "tree")), "--unattended"])
    assert found.install_domain is not None
    assert (found.install_domain.os.cmdline or "").split()[0] == "inst.ks=file:/fedora.ks"
    assert any(line.startswith("fedora.ks inside of /var/lib/libvirt/boot/lab-initrd.img") for line in found.to_make)
    assert [disk.device for disk in found.domain.devices.disks] == []


def test_answers_name_the_server_that_the_packages_come_from() -> None:
    arguments = [*REST, "--osinfo", "rhel6.0", "--location", "http://example.com/tree", "--unattended"]
    found = translate(arguments).install_domain
    assert found is not None
    assert found.os.cmdline == "ks=file:/rhel.ks method=http://example.com/tree"


def test_answers_for_an_installer_and_for_cloud_init_exclude_each_other() -> None:
    assert "--unattended" in refused("--osinfo", "fedora38", "--cloud-init", "--unattended", "--import")


def test_live_images_take_no_answers(tmp_path: Path) -> None:
    image = make_image(tmp_path / "disc.iso", FILES, volume="Fedora-WS-Live-38")
    assert "live" in refused("--osinfo", "fedora38", "--cdrom", image, "--unattended")
    plain = make_image(tmp_path / "plain.iso", FILES, volume="Fedora-Olives-38")
    assert translate([*REST, "--osinfo", "fedora38", "--cdrom", str(plain), "--unattended"]).install_domain is not None


def test_media_detection_prints_the_system(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from virtxml.cli.commands.install import main

    assert main(["--test-media-detection", str(make_tree(tmp_path / "tree"))]) == 0
    assert capsys.readouterr().out == "fedora38\n"
    assert main(["--test-media-detection", str(tmp_path / "nothing")]) == 2
    assert "no file or directory" in capsys.readouterr().err


def test_a_first_start_for_an_installer_has_a_tpm_and_one_for_cloud_init_has_none() -> None:
    firmware = [*REST, "--osinfo", "fedora38", "--boot", "uefi"]
    for option, count in (("--unattended", 1), ("--cloud-init", 0)):
        found = translate([*firmware, option]).install_domain
        assert found is not None
        assert len(found.devices.tpms) == count


def test_broken_images_are_read_or_refused(tmp_path: Path) -> None:
    image = make_image(tmp_path / "disc.iso", FILES)
    whole = image.read_bytes()
    used = [place for place in range(2048 * 16, len(whole)) if whole[place]]
    drawn = random.Random(1)
    results = set()
    for _ in range(200):
        broken = bytearray(whole)
        for _ in range(3):
            broken[drawn.choice(used)] = drawn.choice([0, 255, drawn.randrange(256)])
        image.write_bytes(broken)
        try:
            results.add(type(read_tree(str(image), "x86_64", is_image=True)))
        except InstallError:
            results.add(InstallError)
    assert results == {Tree, InstallError}


def test_nothing_reads_media_that_are_not_named() -> None:
    code = (
        "import sys; from virtxml.install import translate\n"
        "translate(sys.argv[1:])\n"
        "print([name for name in sys.modules if 'pycdlib' in name or 'install.trees' in name])\n"
    )
    arguments = [*REST, "--osinfo", "fedora38", "--cdrom", "/srv/disc.iso"]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
