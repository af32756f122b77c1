"""Development-time generator: libvirt's RELAX NG schemas to the classes of `virtxml.schema`.

Each pass is a module; `pipeline` runs them, and its order is the order.
"""
