"""Read pack and colours beforehand: `python packaging/compile_content.py FOLDER`, where content and resources lie.

What opens them then need not read YAML.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

from yibao_desktop.pack.compiling import records_of_pack, write_compiled
from yibao_desktop.ui.tokens import TOKENS, read_tokens, token_files


def main(folder: Path) -> None:
    """Compile what the program reads when it starts, and after."""
    content, theme = folder / "content", folder / "resources" / "theme"
    write_compiled(content, records_of_pack(content))
    write_compiled(theme, {TOKENS: (token_files(theme), read_tokens(theme))})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
