"""Whether libvirt refuses, drops and changes what the rules say it does."""
