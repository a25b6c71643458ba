"""Renew the four dependency locks from pyproject.toml: `python packaging/make_locks.py [--upgrade]`.

Needs uv. Without --upgrade a pin changes only where pyproject.toml demands it.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNTIME = "packaging/requirements.lock"
HEADER = """\
# {purpose}
# For Windows, macOS and Linux, Python 3.10 to 3.14; pip checks every file against the hashes below.
# To renew: python packaging/make_locks.py [--upgrade]
"""
LOCKS: list[tuple[str, str, list[str]]] = [
    (RUNTIME, "What the program needs to run.", []),
    (
        "packaging/requirements-voice.lock",
        "What reading aloud needs, including what the program needs.",
        ["--extra", "voice", "--constraints", RUNTIME],
    ),
    (
        "packaging/requirements-test.lock",
        "What the tests need, including what the program needs.",
        ["--group", "test", "--constraints", RUNTIME],
    ),
    (
        "packaging/requirements-bundle.lock",
        "What the bundle is built with, including what the program needs.",
        ["--group", "bundle", "--constraints", RUNTIME],
    ),
]


def main(options: list[str]) -> None:
    """Write the locks, the runtime one first because the others must agree with it."""
    for lock, purpose, extra in LOCKS:
        command = ["uv", "pip", "compile", "pyproject.toml", "--quiet", "--no-header", "--universal"]
        command += ["--python-version", "3.10", "--generate-hashes", "--output-file", lock, *extra, *options]
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
        file = ROOT / lock
        text = file.read_text(encoding="utf-8")
        # uv keeps the comments of the file it renews out of the new one, so the header is always ours.
        file.write_text(HEADER.format(purpose=purpose) + text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
