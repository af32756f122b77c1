"""Rules about firmware and booting."""

HOMES: dict[str, tuple[str, ...]] = {
    "domain": ("loaders",),
    "domain/os": ("order", "kernels", "menus", "firmware", "variables", "security", "acpi", "smbios"),
    "domain/sysinfo": ("smbios",),
    "domain/features": ("acpi",),
    "domain/devices/hostdev": ("order",),
    "domain/devices/filesystem": ("order",),
    "domain/devices/iommu": ("acpi",),
}
