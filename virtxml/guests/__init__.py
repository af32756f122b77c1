"""What libvirt guests are and need: hosts, operating systems, hardware, defaults; asked by all who make guests."""
