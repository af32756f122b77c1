"""`python -m virtxml`: the command line."""

import sys

from virtxml.cli import main

if __name__ == "__main__":
    sys.exit(main())
