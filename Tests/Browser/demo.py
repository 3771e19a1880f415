"""The running demo: `clynto demo` as a child process, and what it printed."""

import os
import queue
import re
import signal
import subprocess
import tempfile
import threading
import time

# Seconds.
TO_START = 90
TO_STOP = 20

OPEN = re.compile(r"Open (http://\S+) and sign in as (\S+)")
PERSON = re.compile(r"^\s+(owner|admin|member)\s+(\S+@\S+)\s+password (\S+)$")


class DemoError(Exception):
    """The demo did not start."""


class Demo:
    """Use it as a context: the process ends with it, whatever happens."""

    def __init__(self, program, *arguments, environment=None):
        self.environment = environment or {}
        self.command = [str(program), "demo", "--port", "0", *arguments]
        self.lines = []
        self.people = {}
        self.address = None
        self.folder = None
        self.process = None

    def __enter__(self):
        # It keeps its data in the system's temporary folder; this one makes sure that none of ours is touched.
        self.folder = tempfile.TemporaryDirectory(prefix="clynto-browser-")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("CLYNTO_")} | self.environment
        environment["TMPDIR"] = self.folder.name
        self.process = subprocess.Popen(
            self.command,
            cwd=self.folder.name,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        try:
            self._wait_until_open()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(TO_STOP)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.folder.cleanup()

    def _wait_until_open(self):
        arrived = queue.Queue()
        threading.Thread(target=self._read, args=[arrived], daemon=True).start()
        end = time.monotonic() + TO_START
        while self.address is None:
            try:
                line = arrived.get(timeout=max(0, end - time.monotonic()))
            except queue.Empty:
                raise DemoError(f"The demo did not say within {TO_START} s where it is.") from None
            if line is None:
                raise DemoError(f"The demo ended with {self.process.wait()} before it could be opened:\n" + "\n".join(self.lines))
            self._take(line)
        for role in ("owner", "admin", "member"):
            if role not in self.people:
                raise DemoError(f"The demo printed no password of the {role}.")

    def _read(self, arrived):
        for line in self.process.stdout:
            line = line.rstrip("\n")
            self.lines.append(line)
            arrived.put(line)
        arrived.put(None)

    def _take(self, line):
        person, opened = PERSON.match(line), OPEN.search(line)
        if person:
            role, email, password = person.groups()
            self.people[role] = (email, password)
        if opened:
            self.address = opened.group(1).rstrip("/")
