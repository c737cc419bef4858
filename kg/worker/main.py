"""Code of a worker: a loop that reads a request from standard input and writes the reply to standard output.

The module imports as little as possible, because a command waits for the imports. The parent holds one end of a pipe
to which nothing is written. The kernel ends the worker when that end is closed, whatever ended the parent: the signal
of the pipe has no handler in Python, so it takes effect in the middle of a join too. (``PR_SET_PDEATHSIG`` would follow
the thread that started the worker.)
"""

import fcntl
import json
import os
import resource
import select
import signal
import sys
from importlib import import_module

from kg import unused_imports
from kg.errors import Error
from kg.worker import frames

_STDIN, _STDOUT, _STDERR = 0, 1, 2


def main() -> None:
    """Run the tasks of the parent until it ends; the only argument is the number of the pipe that it holds open."""
    _end_with_parent(int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt of the terminal is the parent's to handle
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    replies = os.dup(_STDOUT)
    os.dup2(_STDERR, _STDOUT)  # output of a library does not belong to the reply
    with unused_imports.skipped():
        _serve(replies)


def _serve(replies: int) -> None:
    """Run the tasks that standard input names, and write the replies."""
    state = None
    for request in frames.read(_STDIN):
        task, arguments, *wanted = json.loads(request.decode())  # of bytes, the encoding would be guessed
        if state != wanted:
            _adapt(*wanted)
            state = wanted
        try:
            last = _run(replies, task, arguments)
        except MemoryError:
            os.abort()
        except BrokenPipeError:
            return
        frames.write_all(replies, last)


def _adapt(memory: int, folder: str) -> None:
    """Set the limit of memory, and the working directory, because paths may be relative to that of the parent."""
    os.chdir(folder)
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (memory, hard))


def _run(replies: int, task: str, arguments: dict[str, object]) -> bytes:
    """Write the parts of the reply but the last, and return the frames of the last part and of the end."""
    module, _, name = task.partition(":")
    unsent = b""  # the last part and the end are one write, which is half of the system calls of a short reply
    try:
        for part in getattr(import_module(module), name)(**arguments):
            if unsent:
                frames.write_all(replies, unsent)
            unsent = frames.frame(frames.DATA, part)
    except Error as error:
        kind = next(each.__name__ for each in type(error).__mro__ if each.__module__ == Error.__module__)
        return frames.frame(frames.ERROR, json.dumps([kind, *error.message.pair]).encode())
    return unsent + frames.frame(frames.END)


def _end_with_parent(pipe: int) -> None:
    """Set the signal (SIGIO) that ends this process when the parent closes its end of `pipe`."""
    fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)
    poll = select.poll()
    poll.register(pipe, 0)
    if poll.poll(0):  # the parent was gone before the signal was enabled
        sys.exit(1)
