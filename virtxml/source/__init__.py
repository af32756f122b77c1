"""XML as text: what stands where, also in text that is not well-formed, and how to mend it.

Nothing of the rest of virtxml is imported here, and nothing is known of libvirt: whoever asks brings the prefixes.
"""
