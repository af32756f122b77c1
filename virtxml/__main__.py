"""`python -m virtxml`: the command line."""

from virtxml.cli import program

if __name__ == "__main__":
    program()
