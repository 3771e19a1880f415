"""A seeded workspace to ask: the simulated portal synced into a scratch database, with accounts made of its companies."""

import contextlib
import csv
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

WORKSPACE = "Evaluation"
# A Wednesday, in the middle of a month and of a quarter.
NOW = "2026-05-13T10:30:00Z"
KEY = "evaluationkey"

# Accounts whose names are traps: words of the lexicon, one name within another, a slip away from another.
TRAPS = [
    ("Urgent Care Partners", 0), ("Open Systems", 1), ("March Analytics", 2), ("Phone House", 3), ("Closed Loop Energy", 4),
]


class World:
    """Folders, processes and the database of one evaluation; leaving it stops and removes all of it."""

    def __init__(self, clynto, tickets=2000, companies=60, seed=11, database=None):
        self.clynto, self.tickets, self.companies, self.seed = clynto, tickets, companies, seed
        self.given = database
        self.exits = contextlib.ExitStack()

    def __enter__(self):
        try:
            self.folder = tempfile.mkdtemp(prefix="clynto-larry-")
            self.exits.callback(shutil.rmtree, self.folder, ignore_errors=True)
            self.environment = {k: v for k, v in os.environ.items() if not k.startswith("CLYNTO")}
            self.environment |= {"CLYNTO_DATA_DIR": self.folder, "CLYNTO_NOW": NOW, "CLYNTO_LOG_LEVEL": "warning"}
            self._fill()
            self._serve()
        except BaseException:
            self.exits.close()
            raise
        return self

    def __exit__(self, *problem):
        self.exits.close()

    @property
    def database(self):
        return os.path.join(self.folder, "clynto.sqlite")

    # Building

    def _command(self, *arguments, given=None):
        done = subprocess.run(
            [self.clynto, *arguments], env=self.environment, input=given, text=True, capture_output=True, timeout=1200, check=False)
        if done.returncode != 0:
            raise SystemExit(f"clynto {' '.join(arguments[:2])} failed:\n{done.stdout[-800:]}{done.stderr[-1500:]}")
        return done.stdout

    def _process(self, *arguments):
        log = tempfile.NamedTemporaryFile(dir=self.folder, suffix=".log", delete=False)
        child = subprocess.Popen([self.clynto, *arguments], env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

        def stop():
            if child.poll() is None:
                child.terminate()
                try:
                    child.wait(20)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()

        self.exits.callback(stop)
        return child, log.name

    @staticmethod
    def _port():
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return probe.getsockname()[1]

    def _wait(self, condition, seconds=120):
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            with contextlib.suppress(OSError, urllib.error.URLError):
                if value := condition():
                    return value
            time.sleep(0.1)
        raise SystemExit("A process did not become ready in time.")

    def _fill(self):
        portal_port = self._port()
        self._process(
            "sandbox", "--port", str(portal_port), "--seed", str(self.seed), "--tickets", str(self.tickets), "--companies",
            str(self.companies), "--api-key", KEY, "--trash")
        portal = f"http://127.0.0.1:{portal_port}"
        self.environment["CLYNTO_FRESHDESK_URL"] = portal + "/{subdomain}"
        self._command("workspace", "create", WORKSPACE, "--owner", "owner@example.com", given="a long password to evaluate with\n")
        self.token = self._command("token", "create", "--workspace", WORKSPACE, "--role", "admin", "--name", "evaluation").split()[-1]
        companies = self._wait(lambda: self._portal_companies(portal))
        self._accounts(companies)
        self._serve("--no-worker")
        self.post("/integrations/freshdesk/connect", {"subdomain": "demo", "api_key": KEY, "backfill_days": None})
        self.stop_server()
        self._command("sync", "--workspace", WORKSPACE)

    def _portal_companies(self, portal):
        import base64

        rows, page = [], 1
        while True:
            request = urllib.request.Request(f"{portal}/demo/api/v2/companies?per_page=100&page={page}")
            request.add_header("Authorization", "Basic " + base64.b64encode(f"{KEY}:X".encode()).decode())
            with urllib.request.urlopen(request, timeout=10) as answer:
                found = json.load(answer)
            rows += found
            if len(found) < 100:
                return rows
            page += 1

    def _accounts(self, companies):
        """Every company but each fifth; some of them under names that are traps."""
        path = os.path.join(self.folder, "accounts.csv")
        traps = {place: name for name, place in TRAPS}
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["name", "domains", "external_id"])
            place = 0
            for number, company in enumerate(companies):
                if number % 5 == 4 or not company["domains"]:
                    continue
                writer.writerow([traps.get(place, company["name"]), ";".join(company["domains"]), f"C-{company['id']}"])
                place += 1
            writer.writerow(["Quietwater Archives", "quietwater.example", "C-none"])
        self._command("accounts", "import", path, "--workspace", WORKSPACE)

    # Asking

    def _serve(self, *arguments):
        port = self._port()
        self.server, self.log = self._process("serve", "--port", str(port), *arguments)
        self.url = f"http://127.0.0.1:{port}/api/v1"
        self._wait(lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).status == 200)

    def serve_again(self, settings):
        """Serves the same rows anew with these settings beside its own."""
        self.stop_server()
        known = {name: value for name, value in self.environment.items() if not name.startswith("CLYNTO_LLM_")}
        self.environment = known | settings
        self._serve()

    def logged(self, text):
        """How many lines of the server's log hold a text."""
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return sum(text in line for line in file)

    def stop_server(self):
        self.server.terminate()
        self.server.wait(30)

    def post(self, path, body):
        request = urllib.request.Request(self.url + path, data=json.dumps(body).encode(), method="POST")
        request.add_header("Authorization", f"Bearer {self.token}")
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise SystemExit(f"POST {path} answered {error.code}: {error.read()[:500]}") from error

    def get(self, path):
        request = urllib.request.Request(self.url + path)
        request.add_header("Authorization", f"Bearer {self.token}")
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def ask(self, question, thread=None):
        """The answer, and the milliseconds it took over HTTP."""
        began = time.perf_counter()
        answer = self.post("/larry/ask", {"question": question, **({"thread_id": thread} if thread else {})})
        return answer, (time.perf_counter() - began) * 1000
