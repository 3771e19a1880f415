"""Many workspaces, several worker processes, one PostgreSQL: how near the whole comes to what is possible, and what two kills do to it."""

import argparse
import concurrent.futures
import contextlib
import datetime
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time

import report
from answers import read_json
from stage import PORTAL_KEY, Process, Stage

# Dealt out in turn; of Freshdesk's plans those that count by the minute, and portals without a limit.
PLANS = ["none", "trial", "growth2026", "pro", "enterprise"]
TICKETS = 20
COMPANIES = 4
CORES = len(os.sched_getaffinity(0))


def main():
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with Stage(options.clynto, options.work, options.work, (None, None), "full") as stage, contextlib.ExitStack() as exits:
        fleet = Fleet(stage, exits, options)
        fleet.start()
        first = fleet.first_syncs()
        day = fleet.day_with_kills()
        alone = fleet.alone()
    sections = report_of(options, first, day, alone)
    print("\n" + report.text(sections), flush=True)
    if options.save or options.workspaces >= 1000:
        head = report.HEAD.replace("`make bench` and `make bench-peers`", "`make bench-fleet`")
        report.save(os.path.join(options.root, "docs", "benchmarks-fleet.md"), sections, "full", head)
        print("Written: docs/benchmarks-fleet.md")
    if first["duplicates"] or day["duplicates"]:
        sys.exit("Something was done twice.")


def arguments():
    parser = argparse.ArgumentParser(prog="Benchmarks/fleet", description="Measures many workspaces on several workers.")
    parser.add_argument("--workspaces", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--runs", type=int, default=8, help="runs at once in one worker")
    parser.add_argument("--save", action="store_true", help="write docs/benchmarks-fleet.md for fewer than 1,000 workspaces, too")
    for name in ("clynto", "work", "root"):
        parser.add_argument(f"--{name}", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.workers < 3 or options.workspaces < 10:
        parser.error("two workers are killed, so there must be three; and ten workspaces")
    return options


class Fleet:
    def __init__(self, stage, exits, options):
        self.stage, self.exits, self.options = stage, exits, options
        self.folder = stage.folder()
        self.portals = options.workspaces

    # Starting

    def start(self):
        self.postgres()
        self.sandbox = Process(
            self.stage,
            ["sandbox", "--port", "0", "--portals", str(self.portals), "--plan", ",".join(PLANS), "--seed", "7", "--tickets",
             str(TICKETS), "--companies", str(COMPANIES), "--api-key", PORTAL_KEY])
        line = self.sandbox.wait_until(lambda: "http://127.0.0.1:" in self.sandbox.output() and self.sandbox.output())
        self.portal_url = "http://127.0.0.1:" + line.partition("http://127.0.0.1:")[2].split()[0]
        self.environment = {
            "CLYNTO_DATA_DIR": self.folder, "CLYNTO_DATABASE_URL": self.address, "CLYNTO_LOG_FORMAT": "json",
            "CLYNTO_FRESHDESK_URL": self.portal_url + "/{subdomain}"}
        self.seed()

    def postgres(self):
        server = subprocess.Popen(
            [os.path.join(self.options.root, "Scripts", "postgres")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

        def stop():
            server.stdin.close()
            server.wait(timeout=60)

        self.exits.callback(stop)
        words = server.stdout.readline().split()
        if len(words) != 4:
            sys.exit("Scripts/postgres did not start a server.")
        self.socket, self.port, password, self.programs = words
        self.address = f"postgres://clynto:{password}@127.0.0.1:{self.port}/clynto?sslmode=disable"
        self.sql("CREATE DATABASE clynto", database="postgres")

    def sql(self, text, database="clynto"):
        done = subprocess.run(
            [os.path.join(self.programs, "psql"), "-h", self.socket, "-p", self.port, "-U", "clynto", "-d", database, "-AtX", "-F", "\t",
             "-v", "ON_ERROR_STOP=1", "-c", text], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"psql: {done.stderr[-1000:]}")
        return [line.split("\t") for line in done.stdout.splitlines()]

    def seed(self):
        """Workspaces and tokens by SQL, because making each by a command takes longer than its sync; connecting through the API."""
        began = time.monotonic()
        now = int(time.time() * 1000)
        # As many more workspaces as there are plans, for the portals that are measured alone.
        last = self.portals + len(PLANS)
        with self.server() as url:
            self.sql(
                "INSERT INTO workspaces (id, name, name_folded, created_at) VALUES "
                + ",".join(f"({n}, 'W{n}', 'w{n}', {now})" for n in range(1, last + 1)))
            self.sql(
                "INSERT INTO tokens (token_hash, id, workspace_id, role, name, created_by, created_at) VALUES "
                + ",".join(f"('{token_hash(token(n))}', {n}, {n}, 'owner', 'fleet', 'fleet', {now})" for n in range(1, last + 1)))
            self.sql(f"INSERT INTO counters (workspace_id, name, value) VALUES (0, 'workspaces', {last}), (0, 'tokens', {last})")
            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                list(pool.map(lambda n: connect(url, n, n), range(1, self.portals + 1)))
        self.stage.say(f"{self.portals} workspaces connected in {time.monotonic() - began:.0f} s")

    @contextlib.contextmanager
    def server(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = Process(self.stage, ["serve", "--no-worker"], {**self.environment, "CLYNTO_PORT": str(port)})
        url = f"http://127.0.0.1:{port}"
        server.wait_until(lambda: is_ready(url))
        yield url
        server.stop()

    # Measuring

    def workers(self, count):
        return [Process(self.stage, ["worker", "--runs", str(self.options.runs)], self.environment) for _ in range(count)]

    def first_syncs(self):
        """Every workspace's first run is queued already when the workers start."""
        return self.measure("first syncs", "first", kills=0)

    def day_with_kills(self):
        """As at 03:00: the schedulers of all workers find every workspace due. Two workers are killed when a third is done."""
        self.sql(
            "UPDATE connections SET connected_at = connected_at - 172800000, daily_served_at = NULL WHERE state = 'connected'")
        return self.measure("a day with two kills", "daily", kills=2)

    def measure(self, name, trigger, kills):
        total = self.options.workspaces
        before = self.processor()
        began = time.time()
        workers = self.workers(self.options.workers)
        killed_at = None
        while True:
            (ended, failed), = self.sql(
                "SELECT count(*) FILTER (WHERE state IN ('succeeded', 'partial', 'failed')), count(*) FILTER (WHERE state = 'failed') "
                f"FROM sync_runs WHERE trigger = '{trigger}' AND workspace_id <= {total}")
            if int(ended) >= total:
                break
            if kills and killed_at is None and int(ended) >= total // 3:
                for worker in workers[:kills]:
                    before -= worker.processor_seconds()
                    worker.child.kill()
                    worker.child.wait()
                killed_at = time.time()
                self.stage.say(f"killed {kills} of {len(workers)} workers with {ended} of {total} runs done")
            if time.time() - began > 3600:
                sys.exit(f"{name}: {ended} of {total} runs after an hour")
            time.sleep(0.5)
        work = self.processor(workers) - before
        connections, = self.sql("SELECT count(*) FROM pg_stat_activity WHERE datname = 'clynto' AND backend_type = 'client backend'")
        for worker in workers:
            worker.stop()
        turns = [turn for number, worker in enumerate(workers) for turn in turns_of(worker, number < kills and killed_at)]
        runs = self.sql(
            f"SELECT id, workspace_id, queued_at, ended_at, requests FROM sync_runs WHERE trigger = '{trigger}' AND workspace_id <= {total}")
        queued = {run: max(began, int(at) / 1000) for run, _, at, _, _ in runs}
        taken = {}
        for turn in turns:
            taken[turn["run"]] = min(taken.get(turn["run"], turn["from"]), turn["from"])
        # A run that was given back is queued anew, so its row tells the last time; the first turn tells the delay.
        start = min(queued.values()) if trigger == "daily" else began
        delays = sorted(at - start for run, at in taken.items() if run in queued)
        ends = [int(at) / 1000 for *_, at, _ in runs]
        figures = {
            "runs": len(runs), "failed": int(failed), "makespan": max(ends) - start, "p95": delays[int(len(delays) * 0.95)],
            "median": delays[len(delays) // 2], "requests": sum(int(run[4]) for run in runs), "turns": len(turns),
            "turn_time": sum(turn["to"] - turn["from"] for turn in turns), "processor": work, "connections": int(connections[0]),
            "duplicates": duplicates(runs, turns, total), "differences": self.differences(),
        }
        if killed_at:
            # A run may have ended just before its worker could log it.
            left = {turn["run"] for turn in turns if turn["killed"]}
            again = [min(later) - killed_at for run in left
                     if (later := [turn["from"] for turn in turns if turn["run"] == run and turn["from"] > killed_at])]
            figures["rescued"], figures["rescue"] = len(again), max(again, default=0)
        self.stage.say(f"{name}: {figures['makespan']:.1f} s")
        return figures

    def differences(self):
        """Of portals spread over the fleet: how many differ from their copies in tickets or conversations."""
        odd = 0
        for n in range(1, self.options.workspaces + 1, max(1, self.options.workspaces // 25)):
            dump = read_json(f"{self.portal_url}/demo-{n}/_sandbox/dump")
            there = sorted((ticket["id"], len(ticket["conversations"])) for ticket in dump["tickets"])
            here = sorted(
                (int(ticket), int(count)) for ticket, count in self.sql(
                    "SELECT t.id, (SELECT count(*) FROM conversations c WHERE c.workspace_id = t.workspace_id AND c.ticket_id = t.id) "
                    f"FROM tickets t WHERE t.workspace_id = {n} AND t.is_live"))
            odd += there != here
        return odd

    def alone(self):
        """Of each plan the portal that took the most requests, copied once more and by itself: no fleet is faster than its slowest."""
        found = {}
        for index, plan in enumerate(PLANS):
            (portal,), = self.sql(
                f"SELECT workspace_id FROM sync_runs WHERE trigger = 'first' AND workspace_id <= {self.portals} "
                f"AND (workspace_id - 1) % {len(PLANS)} = {index} ORDER BY requests DESC, id LIMIT 1")
            n = self.portals + 1 + index
            with self.server() as url:
                connect(url, n, int(portal))
            worker, = self.workers(1)
            began = time.time()
            worker.wait_until(
                lambda n=n: self.sql(f"SELECT state FROM sync_runs WHERE workspace_id = {n}")[0][0] == "succeeded", seconds=900)
            found[plan] = time.time() - began
            worker.stop()
            self.stage.say(f"the largest portal of the plan {plan} alone: {found[plan]:.1f} s")
        return found

    def processor(self, workers=()):
        """Processor seconds of database, portals and these workers so far."""
        total = self.sandbox.processor_seconds()
        with open(os.path.join(self.socket, "data", "postmaster.pid"), encoding="ascii") as file:
            postmaster = int(file.readline())
        total += family_seconds(postmaster)
        for worker in workers:
            if worker.child.poll() is None:
                total += worker.processor_seconds()
        return total


def family_seconds(parent):
    """Processor seconds of a process, of its children, and of those that have ended."""
    total = 0
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat", encoding="ascii") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            continue
        if int(entry) == parent:
            total += sum(map(int, fields[11:15]))
        elif int(fields[1]) == parent:
            total += sum(map(int, fields[11:13]))
    return total / os.sysconf("SC_CLK_TCK")


def turns_of(worker, killed_at):
    """What a worker's log says of its turns with runs."""
    open_turns, turns = {}, []
    for line in worker.output().splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        run = entry.get("metadata", {}).get("run.id")
        at = datetime.datetime.fromisoformat(entry["time"].replace("Z", "+00:00")).timestamp() if "time" in entry else None
        if entry.get("message") == "Sync run taken":
            open_turns[run] = at
        elif entry.get("message") == "Sync run left" and run in open_turns:
            turns.append({"run": run, "from": open_turns.pop(run), "to": at, "killed": False})
    for run, at in open_turns.items():
        turns.append({"run": run, "from": at, "to": killed_at or at, "killed": True})
    return turns


def duplicates(runs, turns, total):
    """Workspaces with another number of runs than one, and runs in two hands at the same time."""
    count = {}
    for _, workspace, *_ in runs:
        count[workspace] = count.get(workspace, 0) + 1
    odd = sum(number != 1 for number in count.values()) + total - len(count)
    by_run = {}
    for turn in turns:
        by_run.setdefault(turn["run"], []).append((turn["from"], turn["to"]))
    for spans in by_run.values():
        spans.sort()
        # A log line is written a little before or after what it tells of.
        odd += sum(later[0] < earlier[1] - 0.05 for earlier, later in zip(spans, spans[1:]))
    return odd


def connect(url, workspace, portal):
    read_json(
        url + "/api/v1/integrations/freshdesk/connect", {"subdomain": f"demo-{portal}", "api_key": PORTAL_KEY, "backfill_days": None},
        headers={"Authorization": f"Bearer {token(workspace)}"})


def token(n):
    return f"clynto_fleet_{n}"


def token_hash(text):
    return hashlib.sha256(text.encode()).hexdigest()


def is_ready(url):
    try:
        return read_json(url + "/readyz")["status"] == "ready"
    except OSError:
        return False


def report_of(options, first, day, alone):
    slowest = max(alone, key=alone.get)
    places = options.workers * options.runs
    sections = []
    for title, figures, workers in (
        ("First syncs of the fleet", first, options.workers), ("A day of the fleet, two workers killed", day, options.workers - 2)):
        per_place = figures["turn_time"] / (workers * options.runs)
        per_core = figures["processor"] / CORES
        ideal = max(alone[slowest], per_place) if figures is first else per_place
        rows = [
            ("Runs", f"{figures['runs']:,}", None), ("Failed", str(figures["failed"]), "0"),
            ("Requests to portals", f"{figures['requests']:,}", None), ("Makespan", report.seconds(figures["makespan"]), None),
        ]
        if figures is first:
            rows.append((f"Longest single portal, alone (plan {slowest})", report.seconds(alone[slowest]), None))
        rows += [
            (f"Processor time of everything ÷ {CORES} cores", report.seconds(per_core), None),
            (f"Work: time in workers' hands ÷ {workers * options.runs} places", report.seconds(per_place), None),
            ("Makespan ÷ ideal (the longer of the portal alone and all work ÷ places)", f"{figures['makespan'] / ideal:.2f}", None),
            ("Start delay, median", report.seconds(figures["median"]), None),
            ("Start delay, 95 of 100 within", report.seconds(figures["p95"]), None),
            ("Turns (a run that waits for its portal takes several)", f"{figures['turns']:,}", None),
            ("Duplicates", str(figures["duplicates"]), "0"), ("Copies that differ, of 25 compared", str(figures["differences"]), "0"),
            ("Connections to PostgreSQL", str(figures["connections"]), None),
        ]
        if "rescued" in figures:
            rows += [
                ("Runs in the killed workers' hands", str(figures["rescued"]), None),
                ("Longest until another worker had one of them", report.seconds(figures["rescue"]), "16 s"),
            ]
        sections.append(
            report.Section(
                title,
                f"{options.workspaces:,} workspaces, each with a portal of its own of about {TICKETS} tickets, plans {', '.join(PLANS)} in "
                f"turn; {options.workers} `clynto worker` processes of {options.runs} places each ({places} in all), PostgreSQL, portals and "
                f"workers on the same {CORES} cores.",
                rows))
    return sections


if __name__ == "__main__":
    main()
