"""Reading files in a process of its own, with limits of time and memory.

Files come from people. What a crafted one does to a library of formats, it does to a process that
holds no secrets, writes no files, answers in text alone and is killed when it takes too long. One
process reads all files of a run, so that thousands of records cost its start once.

Run as a program it is that process.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType

from knowledge.readers import errors, read_file
from knowledge.readers.errors import ReadError
from knowledge.readers.result import ReadResult
from knowledge.readers.wire import dump, load

SECONDS = 120.0  # for one file
MEMORY = 3_000_000_000  # bytes of address space, most of which the libraries never touch
READY = "ready"
SECRETS = "CCHC_"  # how the names of environment variables with secrets begin

logger = logging.getLogger(__name__)


class ReaderProcess:
    """Reads files in another process, which is started for the first one.

    Args:
        seconds: how long one file may take.
        memory: bytes of address space that the process may have.
    """

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._process: subprocess.Popen[str] | None = None
        self._startable = True

    def __enter__(self) -> ReaderProcess:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def read(self, path: Path, max_bytes: int) -> ReadResult:
        """Read a file as `knowledge.readers.read_file` does.

        Raises:
            ReadError: the file cannot be read, or takes too long or too much memory.
            RuntimeError: a library tripped over it.
        """
        process = self._running()
        if process is None:
            return read_file(path, max_bytes)
        line = self._asked(process, json.dumps([str(path.absolute()), max_bytes]))
        verdict, _, said = line.partition(" ")
        if verdict == "read":
            return load(said)
        if verdict == "refused":
            raise ReadError(str(json.loads(said)))
        raise RuntimeError("a library tripped over the file")

    def _asked(self, process: subprocess.Popen[str], question: str) -> str:
        """Return the answer of the process, which is killed when it takes too long."""
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._seconds, give_up)
        timer.start()
        line = ""
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(f"{question}\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except (OSError, ValueError):
            line = ""  # it is gone
        finally:
            timer.cancel()
            timer.join()
        if not line.endswith("\n"):
            self._end()
            raise ReadError(errors.TOO_SLOW if late.is_set() else errors.TOO_HEAVY)
        return line

    def _running(self) -> subprocess.Popen[str] | None:
        """Return the process, started if need be; None where the system starts none."""
        if self._process is None and self._startable:
            self._process = _started(self._memory)
            if self._process is None:
                self._startable = False
                logger.info("files are read in the same process: no other could be started")
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                # What it was never told does not matter any more.
                with contextlib.suppress(OSError):
                    stream.close()
        process.wait()


def environment() -> dict[str, str]:
    """Return the environment of a process of ours that needs no secrets."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(SECRETS)}
    return environ | {"PYTHONPATH": str(Path(__file__).parents[2])}


def _started(memory: int) -> subprocess.Popen[str] | None:
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "knowledge.readers.apart", str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            encoding="ascii",
        )
    except OSError:
        return None
    assert process.stdout is not None
    assert process.stdin is not None
    if process.stdout.readline().strip() == READY:
        return process
    process.kill()
    process.stdin.close()
    process.stdout.close()
    process.wait()
    return None


def _limit(memory: int) -> None:
    """Take from this process what reading does not need, where the system can do that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # no file can be written
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(question: str) -> str:
    path, max_bytes = json.loads(question)
    try:
        return f"read {dump(read_file(Path(path), max_bytes))}"
    except ReadError as error:
        return f"refused {json.dumps(str(error))}"
    except MemoryError:
        return f"refused {json.dumps(errors.TOO_HEAVY)}"
    except Exception:
        return "broken"


def main() -> None:
    """Answer one question a line until nobody asks any more."""
    _limit(int(sys.argv[1]))
    print(READY, flush=True)
    for question in sys.stdin:
        print(_answer(question), flush=True)


if __name__ == "__main__":
    main()
