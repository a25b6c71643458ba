"""Build dist/yibao-desktop from a checkout, then try what was built: `python3 packaging/dev.py build`.

Runs in an environment that holds requirements-bundle.lock.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUNDLE = ROOT / "dist" / "yibao-desktop"
SUFFIX = ".exe" if os.name == "nt" else ""


def source_date() -> str:
    """Return the time stamp to build with: given from outside, else the commit's, else a fixed one."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return given
    if shutil.which("git"):
        asked = subprocess.run(
            ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False
        )
        if asked.returncode == 0 and asked.stdout.strip():
            return asked.stdout.strip()
    return "1767225600"  # 2026-01-01, for a source archive without git


def make() -> None:
    """Run PyInstaller; a fixed hash seed and date give the same bytes from the same sources."""
    environment = {**os.environ, "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": source_date()}
    folders = ["--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build")]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", *folders]
    subprocess.run([*command, str(ROOT / "packaging" / "yibao.spec")], env=environment, check=True)


def attempt() -> None:
    """Check the content pack with the bundle's own yibao-pack and draw one page with its window."""
    # From an empty folder and without PYTHONPATH, so that nothing can come from the checkout.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    with tempfile.TemporaryDirectory() as folder:
        pack = [str(BUNDLE / f"yibao-pack{SUFFIX}"), "check"]
        subprocess.run(pack, cwd=folder, env=environment, check=True)
        window = [str(BUNDLE / f"yibao-desktop{SUFFIX}"), "--tour", folder, "--only", "home"]
        if sys.platform.startswith("linux"):
            screen = shutil.which("xvfb-run")
            environment["QT_QPA_PLATFORM"] = "xcb" if screen else "offscreen"
            window = [screen, "-a", *window] if screen else window
        subprocess.run(window, cwd=folder, env=environment, check=True, timeout=300)
        if not list(Path(folder).rglob("*.png")):
            sys.exit("打好的程序没有画出首页 (the bundle drew no page)。")


def main() -> None:
    """Build, try, and say how big the folder is."""
    make()
    attempt()
    files = [file for file in BUNDLE.rglob("*") if file.is_file() and not file.is_symlink()]
    size = sum(file.stat().st_size for file in files) / 1024 / 1024
    print(f"已生成 (built): {BUNDLE}  {size:.0f} MB, {len(files)} files")


if __name__ == "__main__":
    main()
