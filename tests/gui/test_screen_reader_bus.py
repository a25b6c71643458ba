"""What a screen reader gets: the running program, read by another process through the system's accessibility bus."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READER = Path(__file__).with_name("bus_reader.py")
PYTHON = "/usr/bin/python3"
SCREEN = """
exec 3<>"$1"; Xvfb -displayfd 3 -screen 0 1400x1000x24 >/dev/null 2>&1 & screen=$!
read -r number <&3; export DISPLAY=:$number
"$2" -m yibao_desktop --size 1280x900 & program=$!
"$3" "$4" yibao-desktop "$5"; result=$?
kill $program $screen; wait; exit $result
"""


def why_not() -> str:
    """Say why the bus cannot be used here; nothing when it can."""
    if not sys.platform.startswith("linux"):
        return "AT-SPI 只在 Linux 上有 (AT-SPI is Linux only)"
    missing = [tool for tool in ("Xvfb", "dbus-run-session") if shutil.which(tool) is None]
    if missing:
        return f"没有装 (not installed): {' '.join(missing)}; apt-get install xvfb dbus"
    probe = [PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"]
    if not Path(PYTHON).exists() or subprocess.run(probe, capture_output=True, check=False).returncode != 0:
        return "没有装 AT-SPI (not installed): apt-get install at-spi2-core python3-gi gir1.2-atspi-2.0"
    return ""


@pytest.fixture
def read(tmp_path):
    """Start the program on a bus and a screen of its own and go through a plan of :mod:`bus_reader`."""
    if reason := why_not():
        pytest.skip(reason)

    def go(*plan):
        pipe = tmp_path / "display"
        os.mkfifo(pipe)
        private = tmp_path / "runtime"
        private.mkdir(mode=0o700)
        environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
                       "PYTHONPATH": str(ROOT), "XDG_RUNTIME_DIR": str(private), "LC_ALL": "C.UTF-8"}
        # Not the first start, which would ask for text size and place.
        kept = tmp_path / "config" / "yibao-desktop" / "settings.json"
        kept.parent.mkdir(parents=True)
        kept.write_text('{"greeted": true}', encoding="utf-8")
        environment["XDG_CONFIG_HOME"] = str(tmp_path / "config")
        command = ["dbus-run-session", "--", "bash", "-c", SCREEN, "screen", str(pipe), sys.executable, PYTHON,
                   str(READER), json.dumps(plan)]
        done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False,
                              timeout=300)
        assert done.returncode == 0, done.stderr.splitlines()[-3:]
        return json.loads(done.stdout.splitlines()[-1])

    return go


def shown(tree) -> list[tuple[str, str]]:
    return [(role, name) for _, role, name, _, _ in tree if name]


def described(tree, role, name) -> str:
    return next(text for _, its_role, its_name, text, _ in tree if (its_role, its_name) == (role, name))


def states(tree, role, name) -> set[str]:
    return next(set(its) for _, its_role, its_name, _, its in tree if its_role == role and its_name.startswith(name))


SLIP = {"金额合计": "8640", "医保统筹基金支付": "5703.5", "其他支付": "0", "个人账户支付": "0",
        "个人现金支付": "2936.5"}
NEXT = ["press", "push button", "下一步"]


def test_a_reader_finds_home_a_question_and_hears_the_answer(read):
    told = read(
        ["read"], ["press", "push button", "家庭共济怎么办"], ["press", "push button", "北京市"],
        ["press", "radio button", "只想帮家人出示医保码"], ["read"], NEXT, ["hear", "这位家人满 16 岁了吗？"],
        ["press", "radio button", "还没满 16 岁"], NEXT, ["press", "radio button", "不用，花家人自己的"], NEXT,
        ["hear", "办“亲情账户”就行"], ["read"])
    home, question, result = told["read"]

    assert ("push button", "参保地：还没选") in shown(home)
    cards = ("家庭共济怎么办", "这张账单对不对", "去哪里查")
    jobs = [name for role, name in shown(home) if role == "push button" and name in cards]
    assert tuple(jobs) == cards
    assert described(home, "push button", "去哪里查").startswith("余额")
    assert ("heading", "您想办什么？") in shown(home)
    assert not [line for line in home if line[1] in ("push button", "text", "radio button") and not line[2]]

    assert ("panel", "您遇到的是哪一种？") in shown(question)
    assert described(question, "radio button", "想让家人花我账户里的钱") == "您想花家人的钱，也选这一项"
    assert "checked" in states(question, "radio button", "只想帮家人出示医保码")
    assert "checked" not in states(question, "radio button", "想取消")
    order = [name for _, name in shown(question)]
    told_in_turn = ["先分清，当前", "您遇到的是哪一种？", "说不清是哪一种", "您的回答", "上一步", "下一步"]
    assert sorted(told_in_turn, key=order.index) == told_in_turn

    assert ("heading", "办“亲情账户”就行") in shown(result)


def test_a_reader_hears_an_error_and_amounts_as_money(read):
    told = read(
        ["press", "push button", "这张账单对不对"], ["press", "push button", "北京市"],
        ["press", "radio button", "看手里的票据加得对不对"], NEXT, ["press", "radio button", "北京的票据"], NEXT,
        ["type", "金额合计", "四千"], NEXT, ["hear", "金额合计：这里只能填数字"], ["read"],
        *(["type", name, amount] for name, amount in SLIP.items()), NEXT, ["hear", "票据自己加得起来"], ["read"])
    wrong, result = told["read"]
    assert described(wrong, "text", "金额合计").startswith("这里只能填数字")
    folds = [line for line in result if "expandable" in line[4]]
    assert folds
    assert all("collapsed" in line[4] and line[2].endswith("已收起") for line in folds)
    assert any("8,640.00 元" in name for _, name in shown(result))
    assert not any("¥" in name for _, name in shown(result))
