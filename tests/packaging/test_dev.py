"""What packaging/dev.py decides before it installs or starts anything."""

import ast
import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

DEV = Path(__file__).resolve().parents[2] / "packaging" / "dev.py"


@pytest.fixture
def dev(tmp_path, monkeypatch) -> ModuleType:
    """dev.py with its folders moved to an empty place."""
    spec = importlib.util.spec_from_file_location("yibao_dev", DEV)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "PACKAGING", tmp_path / "packaging")
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "TOUR", tmp_path / "tour")
    module.PACKAGING.mkdir()
    for lock in {lock for locks in module.LOCKS.values() for lock in locks}:
        (module.PACKAGING / lock).write_text(f"{lock}==1\n", encoding="utf-8")
    return module


@pytest.fixture
def tools(dev, monkeypatch):
    """Choose which system tools this machine seems to have."""

    def choose(*names: str) -> None:
        monkeypatch.setattr(dev.shutil, "which", lambda name: name if name in names else None)

    return choose


@pytest.fixture
def pip_runs(dev, monkeypatch):
    """Replace the venv and pip by stand-ins; the list gets what would have been installed."""
    runs: list[str] = []

    def make_venv() -> None:
        runs.append("fresh venv")
        dev.VENV.mkdir(exist_ok=True)
        dev.marker().unlink(missing_ok=True)

    monkeypatch.setattr(dev, "make_venv", make_venv)
    monkeypatch.setattr(dev, "install_lock", runs.append)
    works = subprocess.CompletedProcess([], 0)
    monkeypatch.setattr(dev.subprocess, "run", lambda *_, **__: works)
    return runs


def test_an_old_python_can_read_the_file():
    ast.parse(DEV.read_text(encoding="utf-8"), feature_version=(3, 6))


# --- system packages


def test_without_the_right_to_install_it_names_the_command_and_leaves_with_2(dev, tools, monkeypatch, capsys):
    tools("apt-get")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(dev, "ready_venv", lambda locks: None)
    monkeypatch.setattr(dev, "missing_libraries", lambda plugin: ["libEGL.so.1", "libxcb-cursor.so.0"])
    monkeypatch.setattr(dev.sys, "platform", "linux")

    assert dev.main(["start"]) == 2

    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == 1
    assert said[0].endswith("sudo apt-get update && sudo apt-get install -y libegl1 libxcb-cursor0")
    assert "请先运行" in said[0]


def test_dnf_gets_the_names_of_the_libraries_themselves(dev, tools, monkeypatch):
    tools("dnf")
    monkeypatch.setattr(dev, "missing_libraries", lambda plugin: ["libEGL.so.1"])
    with pytest.raises(dev.Stop, match=r"sudo dnf install -y 'libEGL\.so\.1\(\)\(64bit\)'") as stop:
        dev.ready_libraries("qxcb")
    assert stop.value.code == 2


def test_a_system_without_either_gets_the_names_in_words(dev, tools, monkeypatch):
    tools()
    monkeypatch.setattr(dev, "missing_libraries", lambda plugin: ["libEGL.so.1"])
    with pytest.raises(dev.Stop, match=r"软件安装工具.*libEGL\.so\.1") as stop:
        dev.ready_libraries("qxcb")
    assert stop.value.code == 2


def test_root_installs_only_what_is_missing(dev, tools, monkeypatch):
    tools("apt-get")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0, raising=False)
    answers = iter([["libEGL.so.1"], []])
    monkeypatch.setattr(dev, "missing_libraries", lambda plugin: next(answers))
    commands = []

    def record(command, **_):
        commands.append(command)
        return subprocess.CompletedProcess(command, 0, "")

    monkeypatch.setattr(dev.subprocess, "run", record)
    dev.ready_libraries("qoffscreen")
    assert [command[-1] for command in commands] == ["update", "libegl1"]
    assert "sudo" not in commands[1]


def test_without_the_right_to_install_only_the_screen_reader_test_is_passed_over(dev, tools, monkeypatch, capsys):
    tools("apt-get")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    dev.ready_screen_reader()
    said = capsys.readouterr().err
    assert "跳过" in said
    assert "sudo apt-get install -y at-spi2-core" in said.replace("update && sudo apt-get ", "")


def test_ldd_output_is_read(dev):
    output = (
        "QtGui.abi3.so:\n"
        "\tlibEGL.so.1 => not found\n"
        "\tlibc.so.6 => /lib/libc.so.6 (0x00007f)\n"
        "libqxcb.so:\n"
        "\tlibEGL.so.1 => not found\n"
        "\tlibxcb-cursor.so.0 => not found\n"
    )
    assert dev.not_found(output) == ["libEGL.so.1", "libxcb-cursor.so.0"]


# --- the screen


@pytest.mark.parametrize(
    ("environment", "plugin"),
    [
        ({}, "qoffscreen"),
        ({"DISPLAY": ":0"}, "qxcb"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "qxcb"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "qwayland"),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "qoffscreen"),
        ({"QT_QPA_PLATFORM": "wayland;xcb"}, "qwayland"),
    ],
)
def test_the_plugin_follows_the_environment(dev, monkeypatch, environment, plugin):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert dev.platform_plugin() == plugin


@pytest.mark.parametrize(
    ("display", "opens"), [(None, True), (":0", False)], ids=["no display", "a display that leads nowhere"]
)
def test_without_a_screen_the_tour_is_drawn(dev, monkeypatch, capsys, display, opens):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    if display:
        monkeypatch.setenv("DISPLAY", display)
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setattr(dev, "ready_libraries", lambda plugin: None)
    monkeypatch.setattr(dev, "opens", lambda environment: opens)
    started = []
    monkeypatch.setattr(dev, "run", lambda command, environment: started.append((command, environment)) or 0)

    assert dev.start(["--profile", "kiosk"]) == 0

    [(command, environment)] = started
    assert command[2:] == ["--profile", "kiosk", "--tour", str(dev.TOUR)]
    assert environment["QT_QPA_PLATFORM"] == "offscreen"
    said = capsys.readouterr().err
    assert "没有屏幕" in said
    assert str(dev.TOUR) in said


def test_a_tour_that_was_asked_for_keeps_its_folder(dev):
    assert dev.window_command(["--tour", "pictures"], screen=False)[2:] == ["--tour", "pictures"]
    assert dev.window_command(["--tour=pictures"], screen=False)[2:] == ["--tour=pictures"]


def test_with_a_screen_the_window_gets_the_arguments_as_they_are(dev):
    assert dev.window_command(["--profile", "staff"], screen=True)[2:] == ["--profile", "staff"]


# --- the locks


def test_what_is_installed_is_not_installed_again(dev, pip_runs):
    dev.ready_venv(["requirements.lock"])
    dev.ready_venv(["requirements.lock"])
    assert pip_runs == ["fresh venv", "requirements.lock"]


def test_another_use_adds_its_lock(dev, pip_runs):
    dev.ready_venv(dev.LOCKS["start"])
    dev.ready_venv(dev.LOCKS["test"])
    assert pip_runs == ["fresh venv", "requirements.lock", "requirements-test.lock", "requirements-voice.lock"]


def test_a_changed_lock_asks_for_a_fresh_venv(dev, pip_runs):
    dev.ready_venv(["requirements.lock"])
    (dev.PACKAGING / "requirements.lock").write_text("other==2\n", encoding="utf-8")
    dev.ready_venv(["requirements.lock"])
    assert pip_runs == ["fresh venv", "requirements.lock"] * 2


def test_line_ends_from_git_do_not_count(dev):
    before = dev.fingerprint("requirements.lock")
    (dev.PACKAGING / "requirements.lock").write_bytes(b"requirements.lock==1\r\n")
    assert dev.fingerprint("requirements.lock") == before


def test_a_broken_off_installation_is_started_afresh(dev, pip_runs, monkeypatch):
    dev.ready_venv(["requirements.lock"])

    def break_off(lock: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(dev, "install_lock", break_off)
        with pytest.raises(KeyboardInterrupt):
            dev.ready_venv(dev.LOCKS["test"])
    assert dev.installed() == []
    dev.ready_venv(["requirements.lock"])
    assert pip_runs == ["fresh venv", "requirements.lock"] * 2


def test_when_pip_gives_up_what_was_there_still_counts(dev, pip_runs, monkeypatch):
    dev.ready_venv(["requirements.lock"])

    def give_up(lock: str) -> None:
        raise dev.Stop("no network")

    with monkeypatch.context() as patch:
        patch.setattr(dev, "install_lock", give_up)
        with pytest.raises(dev.Stop):
            dev.ready_venv(dev.LOCKS["test"])
    dev.ready_venv(["requirements.lock"])
    assert pip_runs == ["fresh venv", "requirements.lock"]


# --- reading aloud


def test_starting_tries_only_once_to_get_what_reads_aloud(dev, pip_runs, monkeypatch, capsys):
    dev.ready_venv(dev.LOCKS["start"])
    tries = []

    def give_up(lock: str) -> None:
        tries.append(lock)
        raise dev.Stop("no network")

    monkeypatch.setattr(dev, "install_lock", give_up)
    dev.ready_voice()
    dev.ready_voice()
    assert tries == ["requirements-voice.lock"]
    assert "别的功能照常能用" in capsys.readouterr().err
    assert dev.installed() == [dev.fingerprint("requirements.lock")]


def test_starting_finds_what_the_tests_have_installed(dev, pip_runs):
    dev.ready_venv(dev.LOCKS["test"])
    dev.ready_voice()
    assert pip_runs[-1] == "requirements-voice.lock"
    assert pip_runs.count("requirements-voice.lock") == 1


# --- what the tests of sound and paper work with


@pytest.mark.parametrize("root", [True, False])
@pytest.mark.parametrize(("use", "what"), [("VOICE_PACKAGES", "朗读"), ("PRINT_PACKAGES", "打印")])
def test_engines_are_installed_where_allowed_and_named_elsewhere(dev, tools, monkeypatch, capsys, root, use, what):
    tools("apt-get", "dpkg-query")
    packages = getattr(dev, use)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0 if root else 1000, raising=False)
    monkeypatch.setattr(dev, "is_installed", lambda package: package == packages[0])
    asked = []
    monkeypatch.setattr(dev, "install_system", lambda debian, others: asked.append(debian))
    assert dev.ready_engines(packages, what) is root
    assert asked == ([packages[1:]] if root else [])
    said = capsys.readouterr().err
    assert (" ".join(packages[1:]) in said and what in said) is not root


def test_where_the_engines_are_their_tests_must_not_be_skipped(dev, tools, monkeypatch):
    tools("dpkg-query")
    monkeypatch.setattr(dev.sys, "platform", "linux")
    for step in ("ready_libraries", "ready_screen_reader"):
        monkeypatch.setattr(dev, step, lambda *_: None)
    monkeypatch.setattr(dev, "install_right", lambda: None)
    monkeypatch.setattr(dev, "is_installed", lambda package: package in dev.PRINT_PACKAGES)
    monkeypatch.delenv("YIBAO_MUST_SPEAK", raising=False)
    runs = []
    monkeypatch.setattr(dev, "run", lambda command, environment, folder: runs.append(environment) or 0)
    assert dev.test([]) == 0
    assert runs[0]["YIBAO_MUST_PRINT"] == "1"
    assert "YIBAO_MUST_SPEAK" not in runs[0]


@pytest.mark.parametrize(
    ("output", "word"),
    [
        ("WARNING: Retrying after connection broken by NewConnectionError\nNo matching distribution", "网络"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "清单不符"),
        ("ERROR: No matching distribution found for msgspec==0.22.0", "64 位"),
        ("something else", "没能装好"),
    ],
)
def test_pip_failures_end_in_a_plain_sentence(dev, output, word):
    assert word in dev.why_pip_failed(output)
