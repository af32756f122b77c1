"""What libvirt makes of documents, against what was wanted of it."""
