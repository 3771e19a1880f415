"""What the benchmarks run on: processes and simulated portals on loopback, each stopped by its process id."""

import base64
import contextlib
import os
import re
import subprocess
import tempfile
import time

from answers import read_json

PORTAL_KEY = "benchmarkkey"


class Stage:
    """The program, the folders and the size of this run. Leaving it stops every process that it started."""

    def __init__(self, clynto, work, cache, peers, size):
        self.clynto, self.work, self.cache, self.size = clynto, work, cache, size
        # Interpreters of tap-freshdesk and of airbyte-source-freshdesk.
        self.peer, self.other_peer = peers
        # For the large ones: how many tickets, where filled databases are kept, and whether to measure them another time.
        self.tickets, self.data, self.fill_only = 0, "", False
        self.exits = contextlib.ExitStack()
        # What the product reads from the environment must come from here alone.
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("CLYNTO")}

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.exits.close()

    def choose(self, full, quick):
        return full if self.size == "full" else quick

    def say(self, text):
        print(f"  {text}", flush=True)

    def folder(self):
        return tempfile.mkdtemp(dir=self.work)

    @contextlib.contextmanager
    def portal(self, tickets, companies, latency=0):
        portal = Portal(self, tickets, companies, latency)
        with contextlib.ExitStack() as exits:
            exits.callback(portal.process.stop)
            portal.wait()
            yield portal


class Process:
    """A process in the background, its output in a file."""

    def __init__(self, stage, arguments, environment=None):
        handle, self.log = tempfile.mkstemp(dir=stage.work, suffix=".log")
        with os.fdopen(handle, "wb") as output:
            self.child = subprocess.Popen(
                [stage.clynto, *arguments], env={**stage.environment, **(environment or {})}, stdin=subprocess.DEVNULL, stdout=output,
                stderr=subprocess.STDOUT)
        self.name = arguments[0]
        stage.exits.callback(self.stop)

    def stop(self):
        if self.child.poll() is not None:
            return
        self.child.terminate()
        try:
            self.child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()

    def output(self):
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return file.read()

    def wait_until(self, condition, seconds=120):
        """The condition's first value that is true."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            if value := condition():
                return value
            if self.child.poll() is not None:
                raise SystemExit(f"clynto {self.name} ended too early:\n{self.output()[-2000:]}")
            time.sleep(0.05)
        raise SystemExit(f"clynto {self.name} did not get ready:\n{self.output()[-2000:]}")

    def memory(self):
        """Resident megabytes now, and the most so far."""
        with open(f"/proc/{self.child.pid}/status", encoding="ascii") as file:
            fields = dict(line.split(":", 1) for line in file)
        return int(fields["VmRSS"].split()[0]) / 1024, int(fields["VmHWM"].split()[0]) / 1024

    def processor_seconds(self):
        with open(f"/proc/{self.child.pid}/stat", encoding="ascii") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Portal:
    """A simulated Freshdesk portal, the same every time."""

    def __init__(self, stage, tickets, companies, latency):
        self.tickets = tickets
        self.process = Process(
            stage,
            ["sandbox", "--port", "0", "--seed", "7", "--tickets", str(tickets), "--companies", str(companies), "--latency-ms",
             str(latency), "--api-key", PORTAL_KEY])

    def wait(self):
        self.url = self.process.wait_until(lambda: (found := re.search(r"http://127\.0\.0\.1:\d+", self.process.output())) and found[0])
        self.subdomain = self.process.wait_until(self.about)["subdomain"]

    def about(self):
        try:
            return read_json(self.url + "/_sandbox")
        except OSError:
            return None

    def statistics(self):
        return read_json(self.url + "/_sandbox/stats")

    def forget_statistics(self):
        read_json(self.url + "/_sandbox/stats/reset", {})

    def dump(self, conversations=True):
        return read_json(self.url + "/_sandbox/dump" + ("" if conversations else "?conversations=false"))

    def companies(self):
        key = base64.b64encode(f"{PORTAL_KEY}:X".encode()).decode()
        page = 1
        while rows := read_json(f"{self.url}/api/v2/companies?per_page=100&page={page}", headers={"Authorization": f"Basic {key}"}):
            yield from rows
            page += 1
