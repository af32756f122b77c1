"""How fast virtxml reads and writes, and how much memory it takes, beside others in the same run.

    python -m benchmarks             all measurements
    python -m benchmarks corpus      one of them, such as corpus or source

Each measurement compares with a peer that runs in turns with it, and shows the ratio. Seconds differ from machine to
machine and from hour to hour, ratios much less: no limit here is a time.

Documents are libvirt's own, where they are (`../shared`, or the directory that VIRTXML_SHARED names), else the
fixtures of our tests.
"""
