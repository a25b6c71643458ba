"""``python -m yibao_desktop`` opens the window."""

import sys

from yibao_desktop.ui.app import main

sys.exit(main())
