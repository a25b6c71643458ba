"""Where yibao-pack starts, from a checkout and in the bundle."""

import sys

from yibao_desktop.cli.main import main

sys.exit(main())
