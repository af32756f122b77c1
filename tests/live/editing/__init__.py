"""What is edited, and what libvirt and its tools make of it."""
