"""The scripts in packaging/ are not a package: they find each other, and tests find them, on the path."""

import sys
from pathlib import Path

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
for folder in (PACKAGING, PACKAGING / "linux"):
    sys.path.insert(0, str(folder))
