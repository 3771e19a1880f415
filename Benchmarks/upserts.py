"""Tickets saved a second on each engine, against the very same statements through psql and sqlite3."""

import os
import shutil
import statistics
import subprocess
import time

import report

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# The plain client is the bound that a program with all its work in Swift is held against.
AIM = 50
ROUNDS = 3


def run(stage):
    tickets = stage.choose(20_000, 3_000)
    program = build(stage)
    rows = sqlite(stage, program, tickets)
    with PostgreSQL() as server:
        rows += postgresql(stage, program, tickets, server)
    method = (
        f"{tickets:,} tickets saved as a sync saves them (row, text, tags, search words; 100 in a transaction) on an empty database, and the "
        f"recorded statements with their arguments put in, in the same transactions, through the engine's own client on another. Best of "
        f"{ROUNDS} rounds, taken in turn. PostgreSQL is private and does not wait for the disk (`fsync=off`), for either."
    )
    return [report.Section("Saving tickets", method, rows)]


def build(stage):
    stage.say("building the program that saves")
    command = ["swift", "build", "-c", "release", "--product", "Upserts", "--scratch-path", ".build-release"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return os.path.join(ROOT, ".build-release", "release", "Upserts")


def saving(program, address, tickets, *script):
    output = subprocess.run([program, address, str(tickets), *script], check=True, capture_output=True, text=True).stdout
    return float(output) if output.strip() else 0.0


def timed(command, script):
    began = time.monotonic()
    with open(script, "rb") as file:
        subprocess.run(command, stdin=file, stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - began


def sqlite(stage, program, tickets):
    folder = os.path.join(stage.work, "upserts")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    count = iter(range(1000))

    def fresh():
        return os.path.join(folder, f"{next(count)}.sqlite")

    script = os.path.join(folder, "sqlite.sql")
    saving(program, "sqlite://" + fresh(), tickets, script)
    # As the program sets its own connection up.
    with open(script, "r+", encoding="utf-8") as file:
        text = file.read()
        file.seek(0)
        file.write("PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;\n" + text)

    def ours():
        return saving(program, "sqlite://" + fresh(), tickets)

    def plain():
        path = fresh()
        saving(program, "sqlite://" + path, 0)
        return timed(["sqlite3", "-bail", path], script)

    return compare(stage, "SQLite", "sqlite3", tickets, ours, plain)


def postgresql(stage, program, tickets, server):
    script = os.path.join(stage.work, "upserts", "postgresql.sql")
    saving(program, server.fresh(), tickets, script)

    def ours():
        return saving(program, server.fresh(), tickets)

    def plain():
        address = server.fresh()
        saving(program, address, 0)
        # The program's own setting is no address to psql.
        return timed([server.psql, "--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", address], script)

    return compare(stage, "PostgreSQL", "psql", tickets, ours, plain)


def compare(stage, engine, client, tickets, ours, plain):
    measured = [(ours(), plain()) for _ in range(ROUNDS)]
    best, bound = min(one for one, _ in measured), min(other for _, other in measured)
    spread = statistics.pstdev(one for one, _ in measured) / best * 100
    stage.say(f"{engine}: {tickets / best:,.0f} tickets a second, {client} {tickets / bound:,.0f}; spread {spread:.0f} %")
    return [
        (f"{engine}, tickets a second", f"{tickets / best:,.0f}", ""),
        (f"{client}, the same statements", f"{tickets / bound:,.0f}", ""),
        (f"{engine} against {client}", f"{bound / best * 100:.0f} %", f"at least {AIM} %"),
    ]


class PostgreSQL:
    """The private server of Scripts/postgres."""

    def __enter__(self):
        self.process = subprocess.Popen(
            [os.path.join(ROOT, "Scripts", "postgres")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.folder, self.port, _, programs = self.process.stdout.readline().split()
        self.psql = os.path.join(programs, "psql")
        self.made = 0
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def fresh(self):
        """The address of an empty database."""
        self.made += 1
        name = f"bench_{self.made}"
        command = [self.psql, "-q", "-h", self.folder, "-p", self.port, "-U", "clynto", "-d", "postgres"]
        subprocess.run([*command, "-c", f"CREATE DATABASE {name} TEMPLATE template0"], check=True)
        return f"postgres://clynto@{self.folder.replace('/', '%2F')}:{self.port}/{name}"
