"""A small disk in memory that can be full."""

import asyncio
import contextlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

_SLACK: Final = 64 * 1024
_TRIES: Final = 5
_NAME: Final = "sunmao-campaign-"
_MOUNTS: Final = Path("/proc/mounts")


class Disk:
    """A tmpfs of `size` bytes at `folder`, where this machine lets us mount one; else an ordinary folder."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder = folder
        self.mounted = False
        self._size = size

    def mount(self) -> None:
        """Make the folder; whether it is a disk of its own is then in `mounted`."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _unmount_abandoned()
        name = f"{_NAME}{os.getpid()}"
        command = ["mount", "-t", "tmpfs", "-o", f"size={self._size},mode=700", name, str(self.folder)]
        self.mounted = os.geteuid() == 0 and not subprocess.run(command, capture_output=True, check=False).returncode

    def unmount(self, *, keep: bool = False) -> None:
        """Everything on it is gone, unless it is to be kept: then its folder has what was on it."""
        if not self.mounted:
            return
        copy = self.folder.with_name(f"{self.folder.name}-kept")
        try:
            if keep:
                copy_of(self.folder, copy)
        finally:
            _unmount(str(self.folder))
            self.mounted = False
        if keep:
            self.folder.rmdir()
            copy.rename(self.folder)

    async def fill(self) -> None:
        """Nothing more fits on it: it becomes as small as what it holds. Whoever writes meanwhile may be faster."""
        for _ in range(_TRIES - 1):
            with contextlib.suppress(subprocess.CalledProcessError):
                return await self._shrink()
        return await self._shrink()

    async def _shrink(self) -> None:
        disk = os.statvfs(self.folder)
        await self._resize((disk.f_blocks - disk.f_bfree) * disk.f_frsize + _SLACK)

    async def empty(self) -> None:
        """There is room again."""
        if self.mounted:
            await self._resize(self._size)

    async def _resize(self, size: int) -> None:
        command = ["mount", "-o", f"remount,size={size}", str(self.folder)]
        await asyncio.to_thread(subprocess.run, command, capture_output=True, check=True)


def copy_of(folder: Path, copy: Path) -> None:
    """All that can be copied of a folder: sockets cannot, and say nothing."""
    shutil.copytree(folder, copy, ignore=lambda at, names: [name for name in names if (Path(at) / name).is_socket()])


def _unmount_abandoned() -> None:
    """Take away what a campaign left that was killed: the process that mounted it is no more."""
    for line in _MOUNTS.read_text(encoding="utf-8").splitlines() if _MOUNTS.exists() else []:
        name, folder, *_ = line.split()
        if name.startswith(_NAME) and not Path(f"/proc/{name.removeprefix(_NAME)}").exists():
            _unmount(folder)


def _unmount(folder: str) -> None:
    subprocess.run(["umount", "--lazy", folder], capture_output=True, check=False)
