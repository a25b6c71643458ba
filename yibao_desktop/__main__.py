"""``python -m yibao_desktop`` opens the window."""

import sys

from yibao_desktop.ui.start import main

sys.exit(main())
