"""`python -m codegen --schemas DIR [--check]`: write what the schemas give, or see that it is up to date."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from virtxml.relaxng.schema.reader import SchemaError

from .names import UndecidedError, read_names
from .pipeline import generate

TARGET = Path(__file__).resolve().parents[1] / "virtxml"


def main() -> int:
    """Run the generator; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m codegen", description=__doc__)
    parser.add_argument(
        "--schemas", type=Path, required=True, help="a directory with one directory of .rng files per release"
    )
    parser.add_argument("--check", action="store_true", help="write nothing; fail if anything would change")
    options = parser.parse_args()
    try:
        files = generate(options.schemas, read_names())
    except (UndecidedError, SchemaError) as error:
        print(error, file=sys.stderr)
        return 1
    generated = [path for suffix in ("py", "pyi", "json") for path in (TARGET / "schema").rglob(f"*.{suffix}")]
    catalogue = TARGET / "catalogue.py"
    known = {
        str(path.relative_to(TARGET)): path.read_text()
        for path in (*generated, *([catalogue] if catalogue.exists() else ()))
    }
    changed = sorted(path for path in files.keys() | known.keys() if files.get(path) != known.get(path))
    if options.check:
        for path in changed:
            print(f"virtxml/{path} is not what the schemas give: run make regenerate", file=sys.stderr)
        return 1 if changed else 0
    for path in changed:
        if path in files:
            (TARGET / path).parent.mkdir(parents=True, exist_ok=True)
            (TARGET / path).write_text(files[path])
        else:
            (TARGET / path).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
