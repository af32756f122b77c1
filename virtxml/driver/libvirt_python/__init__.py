"""libvirt-python as the driver sees it: what it has, and how it is called."""
