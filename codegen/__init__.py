"""Development-time generator: libvirt's RELAX NG schemas to the classes of `virtxml.schema`.

`pipeline` runs the passes, and its order is the order.
"""
