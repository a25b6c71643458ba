"""Where the window starts, from a checkout and in the bundle."""

import sys

from yibao_desktop.ui.start import main

sys.exit(main())
