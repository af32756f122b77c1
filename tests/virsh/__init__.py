"""virsh's commands on documents."""
