"""Which changes libvirt makes in what runs, and by which of its functions."""
