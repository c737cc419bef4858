"""Protections of the kernel around a worker: no sockets, no other programs, no files but those it reads.

Landlock restricts files, and seccomp refuses system calls. Both are limited to the process itself and cannot be
reversed. They are a second line of defence: the queries that a worker runs have no means to open a file or a socket.
"""

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress

_LIBC = ctypes.CDLL(None, use_errno=True)

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER = 38, 22, 2

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""System calls of Landlock; their numbers are the same on each architecture."""

_EXECUTE, _READ_FILE, _READ_DIR = 1, 4, 8
_RIGHTS_BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
"""Rights to files that each version of Landlock restricts."""

_TCP = 3
"""Rights to bind and to connect, from version 4 of Landlock on."""

_REFUSED = {
    # socket socketpair connect bind sendto, execve execveat, ptrace, io_uring_setup
    "x86_64": (0xC000003E, (41, 53, 42, 49, 44, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 199, 203, 200, 206, 221, 281, 117, 425)),
}
"""Architectures: the number that a filter compares, and the system calls that are refused."""

_SYSTEM = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/usr/share/zoneinfo"),
    *("/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu"),
)
"""Files that libraries read when they are loaded."""

_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _KILL, _EPERM = 0x7FFF0000, 0x80000000, 0x00050001
_X32 = 0x40000000
"""Smallest number of a system call of the x32 interface, which would bypass the numbers above."""


def isolate(folders: Iterable[str]) -> Iterator[str]:
    """Restrict this process to reading `folders` and the code of Python, and yield each protection that is missing."""
    if not sys.platform.startswith("linux") or _LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        yield from ("Landlock", "seccomp")
        return
    code = (*sys.path, sys.prefix, sys.base_prefix, os.path.dirname(os.__file__), *_SYSTEM)  # noqa: PTH120 - pathlib takes 10 ms
    if not _landlock([*folders, *filter(None, code)]):
        yield "Landlock"
    if not _seccomp():
        yield "seccomp"


def _landlock(readable: Iterable[str]) -> bool:
    """Allow this process to read files below `readable` only; return whether the kernel does that."""
    version = _LIBC.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return False
    rights = _RIGHTS_BY_VERSION[min(version, max(_RIGHTS_BY_VERSION))]
    attributes = struct.pack("=QQ", rights, _TCP if version >= 4 else 0)[: 16 if version >= 4 else 8]  # noqa: PLR2004 - explained above
    ruleset = _LIBC.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    if ruleset < 0:
        return False
    for path in readable:
        with suppress(OSError):  # a path of Python that does not exist needs no permission
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
            allowed = (_READ_FILE | _READ_DIR) if os.path.isdir(path) else _READ_FILE  # noqa: PTH112 - pathlib takes 10 ms
            _LIBC.syscall(_ADD_RULE, ruleset, 1, struct.pack("=Qi", allowed, place), 0)
            os.close(place)
    done = bool(_LIBC.syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    os.close(ruleset)
    return done


def _seccomp() -> bool:
    """Refuse the system calls of `_REFUSED` with EPERM; return whether the kernel does that."""
    if platform.machine() not in _REFUSED:
        return False
    architecture, calls = _REFUSED[platform.machine()]
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, len(calls) + 1, 0, _X32),
        *((_EQUAL, len(calls) - place, 0, number) for place, number in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _EPERM),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = struct.pack("@HP", len(steps), ctypes.addressof(code))
    return bool(_LIBC.prctl(_PR_SET_SECCOMP, _FILTER, program, 0, 0) == 0)
