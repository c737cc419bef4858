"""Atomic, durable writes and safe deletion of files."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import InputError, OutputError, reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def atomic_write(path: Path, content: str | bytes, *, durable: bool = False) -> None:
    """Replace the file at `path` by `content` (text as UTF-8) in one step.

    Args:
        path: the file to replace; a symbolic link is followed.
        content: what the file contains afterwards.
        durable: fsync the file and its folder, so that the new content survives a power failure.

    Raises:
        OutputError: the folder does not exist, the path is not a plain file, or it cannot be written.
    """
    with replacing(path, durable=durable) as stream:
        stream.write(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def replacing(path: Path, *, durable: bool = False) -> Iterator[BinaryIO]:
    """Yield a stream to a temporary file that replaces `path` when the block ends.

    Raises:
        OutputError: the folder does not exist, the path is not a plain file, or it cannot be written.
    """
    check_writable(path)
    with output_errors(path), atomic_stream(path, durable=durable) as stream:
        yield stream


@contextmanager
def atomic_stream(path: Path, *, durable: bool = False) -> Iterator[BinaryIO]:
    """Yield a stream like `replacing`, but without its checks and with the system's own errors.

    The temporary file is in the same folder, and a failure within the block leaves the old file. The new file has the
    permissions of the old one. A temporary file of a process that was killed is deleted when the same file is written
    again.

    Raises:
        OSError: the file cannot be written.
    """
    target = path.resolve()
    part, created = _temporary(target)
    try:
        with created as stream:
            if target.exists():
                part.chmod(stat.S_IMODE(target.stat().st_mode))
            yield stream
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        part.replace(target)
        if durable:
            fsync(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _temporary(target: Path) -> tuple[Path, BinaryIO]:
    """Create a locked file beside `target`, after deleting those of processes that were killed."""
    start = f".{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]}-"
    remove_abandoned(target.parent.glob(f"{start}*.part"))
    while True:
        part = target.with_name(f"{start}{token_hex(8)}.part")
        stream = part.open("wb")
        fcntl.flock(stream, fcntl.LOCK_EX)
        if os.fstat(stream.fileno()).st_nlink:  # otherwise another process deleted it before it was locked
            return part, stream
        stream.close()


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Yield an empty folder among the temporary files of the system, which is deleted when the block ends.

    The folders of processes that were killed are deleted first.

    Raises:
        OSError: the folder cannot be created.
    """
    home = Path(tempfile.gettempdir())
    remove_abandoned(home.glob("kg-*.tmp"))
    folder = home / f"kg-{token_hex(16)}.tmp"
    folder.mkdir(mode=0o700)
    lock = locked(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def cache_folder(name: str, env: Mapping[str, str] = os.environ) -> Path:
    """Return the folder `name` of the user's cache (``$XDG_CACHE_HOME/kg``), which need not exist."""
    home = env.get("XDG_CACHE_HOME") or str(Path(env.get("HOME", "~")).expanduser() / ".cache")
    return Path(home) / "kg" / name


def remove_abandoned(paths: Iterable[Path]) -> None:
    """Delete those of our files and folders that no process has locked, since its process was killed."""
    for path in paths:
        lock = locked(path)
        if lock is None:
            continue
        try:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        finally:
            os.close(lock)


def locked(path: Path) -> int | None:
    """Return a descriptor that locks `path`; ``None`` if it is locked, a link, or of another user."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with suppress(OSError):
        if os.fstat(descriptor).st_uid == os.geteuid():
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return descriptor
    os.close(descriptor)
    return None


def is_temporary(path: Path) -> bool:
    """Return whether `path` is a temporary file of `atomic_stream`, left by a process that was killed."""
    return path.name.startswith(".") and path.suffix == ".part"


def check_writable(path: Path) -> None:
    """Raise an error for a path that `atomic_write` cannot write to, before the content is computed.

    Raises:
        OutputError: the folder does not exist, or the path is not a plain file that may be replaced.
    """
    with output_errors(path):
        target = path.resolve()
        if target.is_symlink():  # Python 3.13 resolves a loop without an error
            raise OutputError("{path} cannot be written: its symbolic links form a loop", path=path)
        if not target.parent.is_dir():
            raise OutputError(
                "{path} cannot be written: the folder {parent} does not exist; create it first",
                path=path,
                parent=path.parent,
            )
        if target.is_dir():
            raise OutputError("{path} cannot be written: it is a folder; name a file in it", path=path)
        if target.exists() and not target.is_file():
            raise OutputError("{path} cannot be written: it is not a plain file", path=path)
        # Replacing a file requires no permission on the file itself, but a read-only mark is a request to keep it.
        if target.exists() and not os.access(target, os.W_OK):
            raise OutputError("{path} cannot be written: permission is denied", path=path)


@contextmanager
def output_errors(path: Path) -> Iterator[None]:
    """Convert the system's errors about `path` to an `OutputError`."""
    try:
        yield
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of symbolic links
        raise OutputError("{path} cannot be written: {error}", path=path, error=reason(error)) from error


def check_regular(path: Path) -> None:
    """Raise an error for a path that is not a readable plain file, since opening another kind may block for ever.

    Raises:
        InputError: the message states what `path` is, or why it cannot be read.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb"):
                return
    except FileNotFoundError as error:
        raise InputError("{path}: there is no such file or folder", path=path) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL
        raise InputError("{path}: cannot be read ({error})", path=path, error=reason(error)) from error
    kind = _KINDS.get(stat.S_IFMT(mode), "a device")
    raise InputError("{path}: is {kind}, not a file; copy its content to a file", path=path, kind=kind)


_KINDS = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket"}
"""Kinds of paths other than plain files and devices."""


def read_plain(path: Path) -> bytes:
    """Return the content of a file.

    Raises:
        OSError: it cannot be read, or is a named pipe or a device, on which a reader may wait for ever.
    """
    kind = stat.S_IFMT(path.stat().st_mode)
    if kind not in {stat.S_IFREG, stat.S_IFDIR}:
        raise OSError(errno.EINVAL, f"it is {_KINDS.get(kind, 'a device')}")
    return path.read_bytes()


def open_plain(path: Path) -> BinaryIO:
    """Open a file for reading.

    Raises:
        OSError: it cannot be read, or is a named pipe or a device, on which a reader may wait for ever.
    """
    stream = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
    kind = stat.S_IFMT(os.fstat(stream.fileno()).st_mode)
    if kind != stat.S_IFREG:
        stream.close()
        raise OSError(errno.EINVAL, f"it is {_KINDS.get(kind, 'a device')}")
    return stream


def size_text(path: Path) -> str:
    """Return the size of a file for people, in kB or MB."""
    count = path.stat().st_size
    return f"{count / 1e6:.1f} MB" if count >= 1e5 else f"{count / 1e3:.0f} kB"  # noqa: PLR2004 - a tenth of a megabyte


def discard(draft: Path) -> None:
    """Delete the folder of an uncommitted generation; threads of its RocksDB may still have it open."""
    with suppress(OSError):  # after the rename no thread can add a file to it
        draft = draft.rename(draft.with_name(f"gone-{draft.stem}.draft"))
    shutil.rmtree(draft, ignore_errors=True)


def fsync_tree(folder: Path) -> None:
    """Fsync `folder` and everything in it."""
    for path in [*folder.rglob("*"), folder]:
        fsync(path)


def fsync(path: Path) -> None:
    """Fsync one file or folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
