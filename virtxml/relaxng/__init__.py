"""RELAX NG: schemas as data.

Knows nothing of libvirt. Terms follow the RELAX NG specification (https://relaxng.org/spec-20011203.html).
"""
