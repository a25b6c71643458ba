"""``python -m yibao_desktop.cli`` is ``yibao-pack``."""

import sys

from yibao_desktop.cli.main import main

sys.exit(main())
