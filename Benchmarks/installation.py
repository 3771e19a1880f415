"""The program under measurement: a data folder, its commands, its server."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import threading
import time
import urllib.parse
import urllib.request

from answers import read_json
from stage import PORTAL_KEY, Process

OWNER = "owner@example.com"
PASSWORD = "a long password for benchmarks"
WORKSPACE = "Benchmark"


class Installation:
    """A data folder with one workspace."""

    def __init__(self, stage, folder, portal_url):
        self.stage, self.folder, self.portal_url = stage, folder, portal_url
        # Settings beside these, such as another database.
        self.more = {}

    @property
    def environment(self):
        return {"CLYNTO_DATA_DIR": self.folder, "CLYNTO_FRESHDESK_URL": self.portal_url + "/{subdomain}", **self.more}

    def command(self, *arguments, given=None, longest=300):
        """Runs a command of the program to its end; its standard output."""
        done = subprocess.run(
            [self.stage.clynto, *arguments], env={**self.stage.environment, **self.environment}, input=given, text=True,
            capture_output=True, timeout=longest, check=False)
        if done.returncode != 0:
            raise SystemExit(f"clynto {' '.join(arguments[:2])} failed:\n{done.stdout[-1000:]}{done.stderr[-2000:]}")
        return done.stdout

    def create(self):
        self.command("workspace", "create", WORKSPACE, "--owner", OWNER, given=PASSWORD + "\n")

    def token(self, role="admin"):
        return self.command("token", "create", "--workspace", WORKSPACE, "--role", role, "--name", "benchmark").split()[-1]

    def import_accounts(self, companies):
        """Accounts of three in four companies, so that matching has work to do and orphans remain."""
        path = os.path.join(self.folder, "accounts.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write("name,domains,external_id\n")
            for number, company in enumerate(companies):
                if number % 4:
                    name = company["name"].replace('"', '""')
                    file.write(f'"{name}",{";".join(company["domains"])},{company["id"]}\n')
        self.command("accounts", "import", path, "--workspace", WORKSPACE)

    def connect(self, portal, backfill_days):
        """Through the API; the run that this queues is left to whoever works next."""
        with self.serve("--no-worker") as server:
            read_json(
                server.url + "/api/v1/integrations/freshdesk/connect",
                {"subdomain": portal.subdomain, "api_key": PORTAL_KEY, "backfill_days": backfill_days},
                headers={"Authorization": f"Bearer {self.token()}"})

    def card(self):
        with self.serve("--no-worker") as server:
            return server.api(self.token("member"), "/integrations/freshdesk")

    def sync(self, longest=1500):
        """`clynto sync` to its end: wall seconds, processor seconds, and the most resident megabytes."""
        with open(os.path.join(self.stage.work, "sync.log"), "w+", encoding="utf-8") as log:
            began = time.monotonic()
            child = subprocess.Popen(
                [self.stage.clynto, "sync", "--workspace", WORKSPACE], env={**self.stage.environment, **self.environment},
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
            guard = threading.Timer(longest, child.kill)
            guard.start()
            try:
                _, status, usage = os.wait4(child.pid, 0)
            except BaseException:
                child.kill()
                child.wait()
                raise
            finally:
                guard.cancel()
            seconds = time.monotonic() - began
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode != 0:
                log.seek(0)
                raise SystemExit(f"clynto sync failed ({child.returncode}):\n{log.read()[-2000:]}")
        return {"seconds": seconds, "processor": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss / 1024}

    def size(self):
        """Megabytes on disk."""
        return sum(entry.stat().st_size for entry in os.scandir(self.folder)) / 1e6

    @contextlib.contextmanager
    def serve(self, *arguments, environment=None):
        server = Server(self, arguments, environment or {})
        with contextlib.ExitStack() as exits:
            exits.callback(server.process.stop)
            server.process.wait_until(server.is_ready)
            yield server

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class Server:
    """`clynto serve` on a free port, with its ordinary settings."""

    def __init__(self, installation, arguments, environment):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.process = Process(
            installation.stage, ["serve", *arguments], {**installation.environment, **environment, "CLYNTO_PORT": str(port)})

    def is_ready(self):
        try:
            return read_json(self.url + "/readyz")["status"] == "ready"
        except OSError:
            return False

    def api(self, token, path):
        return read_json(f"{self.url}/api/v1{path}", headers={"Authorization": f"Bearer {token}"})

    def sign_in(self):
        """The value of the `Cookie` header of a signed-in person."""
        keeper = urllib.request.HTTPCookieProcessor()
        browser = urllib.request.build_opener(keeper)
        with browser.open(self.url + "/login", timeout=30) as page:
            found = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page.read().decode())
        form = {"email": OWNER, "password": PASSWORD, **({"csrf_token": found[1]} if found else {})}
        with browser.open(self.url + "/login", urllib.parse.urlencode(form).encode(), timeout=60) as page:
            if "/login" in page.url:
                raise SystemExit("Signing in did not work.")
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in keeper.cookiejar)
