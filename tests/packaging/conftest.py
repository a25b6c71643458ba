"""The scripts of packaging/ import each other by name, as they lie in one folder."""

from __future__ import annotations

import sys

from yibao_desktop.paths import ROOT

# At the end: `build`, `dev` or `parts` must not hide a package of somebody else.
sys.path.append(str(ROOT / "packaging"))
