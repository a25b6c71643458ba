"""A Debian system in a folder: made with debootstrap, and commands run inside it. Needs root, like debootstrap."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

TOOLS = {"debootstrap": "debootstrap", "unshare": "util-linux", "chroot": "coreutils"}
# Where this computer and a root keep the certificates that downloads are checked with.
CERTIFICATES = "etc/ssl/certs/ca-certificates.crt"
# What a person may have set for downloads holds inside as well; folders of this computer do not.
DOWNLOAD_SETTINGS = ("PIP_INDEX_URL", "PIP_DEFAULT_TIMEOUT", "http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY",
                     "HTTPS_PROXY", "NO_PROXY")
# The mounts are this command's own and go with it, so that nothing is left to unmount.
MOUNT = (
    'mount -t proc proc "$0/proc" && mount -t tmpfs -o mode=1777 tmpfs "$0/dev/shm" && exec chroot "$@"'
)


class Root:
    """A system in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def command(self, words: "list[str]", user: str = "") -> "list[str]":
        """Return the command that runs words inside, in namespaces of their own."""
        chroot = [f"--userspec={user}:{user}"] if user else []
        spaces = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
        return [*spaces, "sh", "-c", MOUNT, str(self.folder), *chroot, str(self.folder), *words]

    def environment(self, more: "Mapping[str, str] | None" = None) -> "dict[str, str]":
        """Return what commands inside are told: nothing of this computer but how to download."""
        given = {name: os.environ[name] for name in DOWNLOAD_SETTINGS if name in os.environ}
        plain = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8",
                 "DEBIAN_FRONTEND": "noninteractive", "PIP_CERT": f"/{CERTIFICATES}"}
        return {**plain, **given, **(more or {})}

    def run(self, *words: str, **more: str) -> None:
        """Run a command inside as root.

        Raises:
            subprocess.CalledProcessError: it failed.
        """
        subprocess.run(self.command(list(words)), env=self.environment(more), check=True)

    def output(self, *words: str) -> str:
        """Return what a command inside prints."""
        done = subprocess.run(self.command(list(words)), env=self.environment(), check=True, stdout=subprocess.PIPE,
                              encoding="utf-8")
        return done.stdout

    def install(self, *packages: str) -> None:
        """Install Debian packages and what they depend on."""
        self.run("apt-get", "-q", "install", "-y", "--no-install-recommends", *packages)

    def mirror(self) -> str:
        """Return the server that debootstrap took the packages from."""
        return (self.folder / "etc/apt/sources.list").read_text(encoding="utf-8").split()[1]


def missing_tools() -> "list[str]":
    """Return the Debian packages that are needed here and not installed."""
    return sorted({package for tool, package in TOOLS.items() if shutil.which(tool) is None})


def stop_unless_possible() -> None:
    """End the program with a sentence where roots cannot be made."""
    if missing := missing_tools():
        sys.exit("缺少 (missing): " + " ".join(missing))
    if os.geteuid() != 0:
        sys.exit("要用 root 运行：debootstrap 和 chroot 都要 (run as root)。")


def fresh_base(folder: Path, suite: str, mirror: str) -> Root:
    """Return a small system of a suite, made in the folder or, when it is there already, as it is.

    `mirror` may be empty: then debootstrap takes its own.
    """
    if not folder.is_dir():
        # Under another name first: a run that was broken off leaves nothing that looks whole.
        half = folder.with_name(folder.name + ".half")
        shutil.rmtree(half, ignore_errors=True)
        half.parent.mkdir(parents=True, exist_ok=True)
        words = ["debootstrap", "--variant=minbase", suite, str(half), *([mirror] if mirror else [])]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        half.rename(folder)
    shutil.copyfile("/etc/resolv.conf", folder / "etc/resolv.conf")
    return Root(folder)


def copied(base: Root, folder: Path) -> Root:
    """Return a copy of a system; what was in the folder is gone."""
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["cp", "-a", str(base.folder), str(folder)], check=True)
    return Root(folder)
