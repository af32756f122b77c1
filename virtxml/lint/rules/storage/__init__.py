"""Rules about storage pools and volumes: VX831 to VX840, and from VX961 to VX970.

A document of a volume does not say of which kind its pool is, and pools of disks, volume groups or Ceph look at less of
it than those of files: rules about volumes find what no pool takes, or what only pools of files are asked for.
"""

HOMES: dict[str, tuple[str, ...]] = {
    "pool": ("sources",),
    "pool/source/adapter": ("adapters",),
    "pool/target/permissions": ("modes",),
    "volume": ("backing", "images", "modes", "sizes"),
    "volume/target/encryption": ("encryption",),
}
