"""What a benchmark says when the tool it compares with is not installed."""

from __future__ import annotations

import sys


class ToolMissing(Exception):
    """A tool to compare with is not installed; the text says how to install it."""

    def __init__(self, name: str, requirement: str, python: tuple[int, int]) -> None:
        text = f"这项比较要用 {name}，请先安装：{sys.executable} -m pip install \"{requirement}\""
        if sys.version_info < python:
            text += "（它要 Python {}.{} 或更新的版本，这里是 {}.{}）".format(*python, *sys.version_info)
        super().__init__(text)
