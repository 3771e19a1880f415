"""The Tickets page and the search over a million tickets with five million messages, on both engines; and moving them between the two."""

import contextlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import time
import urllib.parse

import load
import million_rows
from installation import Installation
from report import Section, count, megabytes, milliseconds, rate, seconds

RATE = 20
LISTS = {
    "no filter": "", "two filters": "status=open,pending&priority=high,urgent", "by creation": "sort=created",
    "by priority": "sort=-priority", "by due date": "sort=due", "by waiting": "sort=-waiting", "one account": "account=7",
    "orphans": "account=none", "one agent, unresolved": "agent=9000003&status=open,pending", "rare type": "type=Refund",
    "a tag": "tag=vip", "last 30 days": "created=30d", "under review": "match=review", "rated positive": "csat=positive",
    "one requester": "requester=17",
}
# Every kind of filter, and some together: each is asked for in every order.
FILTERS = [
    "", "status=open", "status=open,pending&priority=high,urgent", "status=!closed", "priority=urgent", "priority=!low", "source=chat",
    "source=!email,portal", "agent=9000003", "agent=none", "agent=!9000003", "agent=9000003,none", "account=7", "account=none", "account=!7",
    "company=3", "company=none", "group=3", "group=!3", "requester=17", "type=Refund", "type=!Incident", "tag=vip", "tag=vip,billing",
    "tag=!vip", "match=matched", "match=review", "match=none", "csat=positive", "csat=negative", "csat=none", "csat=positive,negative",
    "created=30d", "created=2026-01-01..", "created=..2026-02-01", "updated=2026-01-01..2026-02-01", "resolved=30d", "resolved=..2026-02-01",
    "account=7&status=open,pending&created=30d", "agent=9000003&tag=vip&csat=negative", "csat=positive&account=7",
]
ORDERS = [sign + key for key in ("updated", "created", "priority", "due", "waiting") for sign in ("-", "")]


def run(stage):
    tickets = stage.tickets or stage.choose(1_000_000, 50_000)
    folder = stage.data or os.path.join(stage.cache, "million")
    if not stage.data:
        shutil.rmtree(folder, ignore_errors=True)
    try:
        return measure(stage, folder, tickets)
    finally:
        # Many gigabytes; nothing later needs them, unless it was said so.
        if not stage.data:
            shutil.rmtree(folder, ignore_errors=True)


def measure(stage, folder, tickets):
    installation = Installation(stage, os.path.join(folder, "home"), "http://127.0.0.1:9")
    notes = Notes(os.path.join(folder, "notes.json"))
    path = os.path.join(installation.folder, "clynto.sqlite")
    if "filled" not in notes:
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        installation.create()
        stage.say(f"{tickets:,} tickets into SQLite")
        began = time.monotonic()
        conversations = million_rows.Filler(path, 1, int(time.time() * 1000), tickets, stage.say).fill()
        notes.add("filled", {"tickets": tickets, "conversations": conversations, "seconds": time.monotonic() - began})
        stage.say(f"    {conversations:,} conversations in {time.monotonic() - began:.0f} s")
    filled = notes["filled"]
    tickets, conversations = filled["tickets"], filled["conversations"]
    words = rare_and_common(path)
    # PostgreSQL is filled first: whoever keeps the data to measure it later wants both.
    with postgres(os.path.join(folder, "postgres") if stage.data else None) as server:
        if "moved" not in notes:
            notes.add("moved", move(stage, installation, server))
        if stage.fill_only:
            return []
        sqlite = [("Filled, the search index included", seconds(filled["seconds"]), None), backup(stage, installation, notes, "SQLite")]
        read_through(path)
        sections = [engine_section(stage, installation, "SQLite", tickets, conversations, words, installation.size(), sqlite)]
        moved = notes["moved"]
        installation.more = {"CLYNTO_DATABASE_URL": server.url}
        size = float(server.ask("SELECT pg_database_size('postgres') / 1e6"))
        label = f"Moved here from SQLite, {moved['rows']:,} rows, compared row by row"
        postgresql = [(label, seconds(moved["seconds"]), None), backup(stage, installation, notes, "PostgreSQL")]
        server.ask(WARMING)
        section = engine_section(stage, installation, "PostgreSQL", tickets, conversations, words, size, postgresql)
        section.rows += upkeep(stage, server)
        sections.append(section)
    return sections


def upkeep(stage, server):
    """What a server does to its largest table now and then: by these a table is too large one day."""
    stage.say("PostgreSQL: upkeep")
    rows = []
    for label, statement in (
        ("`VACUUM` of all messages, every page", "VACUUM (DISABLE_PAGE_SKIPPING) conversations"),
        ("An index over all messages made anew", "REINDEX INDEX conversations_by_time"),
    ):
        began = time.monotonic()
        server.ask(statement)
        rows.append((label, seconds(time.monotonic() - began), None))
        stage.say(f"    {label}: {rows[-1][1]}")
    return rows


# What lists and searches read, into the server's own memory.
WARMING = """
    CREATE EXTENSION IF NOT EXISTS pg_prewarm;
    SELECT pg_prewarm(c.oid) FROM pg_class c
    WHERE c.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid IN ('tickets'::regclass, 'ticket_search'::regclass, 'ticket_tags'::regclass))
       OR c.oid IN (SELECT reltoastrelid FROM pg_class WHERE relname = 'ticket_search')
       OR c.relname IN ('tickets', 'ticket_search', 'ticket_tags', 'contacts', 'companies', 'accounts')
    """


def read_through(path):
    """Into the operating system's memory, where a file that is in use lies."""
    with open(path, "rb") as file:
        while file.read(1 << 24):
            pass


class Notes(dict):
    """What was made so far, kept beside it."""

    def __init__(self, path):
        self.path = path
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                self.update(json.load(file))

    def add(self, name, value):
        self[name] = value
        with open(self.path, "w", encoding="utf-8") as file:
            json.dump(self, file)


def backup(stage, installation, notes, engine):
    """Once for kept data: it takes longer than all else that is measured."""
    name = f"backup of {engine}"
    if name not in notes:
        stage.say("clynto backup")
        target = os.path.join(installation.folder, "bench.clynto")
        began = time.monotonic()
        installation.command("backup", target, longest=3600)
        took = time.monotonic() - began
        notes.add(name, {"seconds": took, "megabytes": os.path.getsize(target) / 1e6})
        os.remove(target)
        stage.say(f"    {took:.0f} s, {notes[name]['megabytes']:.0f} MB")
    return (f"`clynto backup` while nobody writes, {notes[name]['megabytes']:,.0f} MB", seconds(notes[name]["seconds"]), None)


def move(stage, installation, server):
    stage.say("clynto migrate --from sqlite --to postgres")
    path = os.path.abspath(os.path.join(installation.folder, "clynto.sqlite"))
    began = time.monotonic()
    output = installation.command("migrate", "--from", f"sqlite://{path}", "--to", server.url, longest=7200)
    took = time.monotonic() - began
    rows = sum(int(found.replace(",", "")) for found in re.findall(r"^\w+ +([\d,]+) +[\d,]+ +[0-9a-f]{16}  same", output, re.MULTILINE))
    stage.say(f"    {rows:,} rows in {took:.0f} s")
    return {"rows": rows, "seconds": took}


# MARK: One engine


def engine_section(stage, installation, name, tickets, conversations, words, size, more):
    duration, repeats = stage.choose((10, 200), (3, 30))
    rows = [("Size of the database", megabytes(size), None), *more]
    with installation.serve("--no-worker") as server:
        token = {"Authorization": f"Bearer {installation.token('member')}"}
        signed_in = {"Cookie": server.sign_in()}
        stage.say(f"{name}: the page")
        # The first requests fill caches.
        load.one_by_one(server.url, ["/tickets", "/tickets?" + LISTS["two filters"]], 20, signed_in)
        for label in ("no filter", "two filters"):
            address = "/tickets" + ("?" + LISTS[label] if LISTS[label] else "")
            fast = load.throughput(server.url + address, duration, signed_in)
            calm = load.steady(server.url, [address], RATE, duration, signed_in)
            rows += [
                (f"Tickets page, {label}, as fast as it goes", rate(fast), None),
                (f"Tickets page, {label}, median at {RATE} a second", milliseconds(calm["median"]), None),
                (f"Tickets page, {label}, p99 at {RATE} a second", milliseconds(calm["p99"]), None),
            ]
        stage.say(f"{name}: lists")
        for label, query in LISTS.items():
            answer = timed(server, [f"/api/v1/tickets?{query}"], max(10, repeats // 10), token)
            total = answer["total"]
            found = f"{total['count']:,}{'' if total['exact'] else '+'}"
            rows.append((f"List, {label} ({found}), median and worst", f"{answer['median']:.0f} / {answer['worst']:.0f} ms", None))
        rows.append(every_list(server, token))
        stage.say(f"{name}: search")
        for label, chosen, aim in words:
            addresses = [f"/api/v1/tickets?q={urllib.parse.quote(word)}" for word in chosen]
            timed(server, addresses, min(len(addresses), 20), token)
            answer = timed(server, addresses, max(repeats, len(addresses)), token)
            rows += [
                (f"Search, {label}, median", milliseconds(answer["median"]), None),
                (f"Search, {label}, p99", milliseconds(answer["p99"]), aim),
            ]
    for label, figure, _ in rows:
        stage.say(f"    {label}: {figure}")
    return Section(
        f"{count(tickets)} tickets on {name}",
        f"Made-up mail, {count(conversations)} messages whose words follow Zipf's law, written straight into the tables. Lists and searches are asked of the API one after "
        f"the other, {repeats} searches of different words each; every answer counts its tickets anew, up to 10,000. Of a word that more "
        "than 10,000 tickets hold, the newest 10,000 are looked at. Both databases are read through before, as those of a server that has "
        "run for a while; PostgreSQL has a quarter of the machine's memory.", rows)


def every_list(server, token):
    """Every filter in every order, each the better of two askings: what a plan costs, and not what else the machine had to do."""
    found = []
    for query in FILTERS:
        for order in ORDERS:
            address = f"/api/v1/tickets?{query}{'&' if query else ''}sort={order}"
            found.append((min(timed(server, [address], 1, token)["median"] for _ in range(2)), f"{query} by {order}"))
    found.sort()
    middle, high, (worst, which) = found[len(found) // 2][0], load.percentile([took for took, _ in found], 95), found[-1]
    label = f"Every filter in every order, {len(found)} lists: median, 95 of 100 within, worst (`{which}`)"
    return (label, f"{middle:.0f} / {high:.0f} / {worst:.0f} ms", None)


def timed(server, addresses, times, token):
    """As `one_by_one`, with the 99th percentile and the last total."""
    latencies, body = [], b""
    for number in range(times):
        answer = load.one_by_one(server.url, [addresses[number % len(addresses)]], 1, token)
        latencies.append(answer["median"])
        body = answer["body"]
    latencies.sort()
    return {
        "median": latencies[len(latencies) // 2], "p99": load.percentile(latencies, 99), "worst": latencies[-1],
        "total": json.loads(body)["total"]}


def rare_and_common(path):
    """Words by the share of tickets that a search for them finds, told by a sample: (label, words, aim)."""
    file = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    rows = file.execute("SELECT ticket || ' ' || requester || ' ' || thread FROM ticket_search WHERE entry % 53 = 0").fetchall()
    texts = [set(text.split()) for (text,) in rows]
    known = {word for words in texts for word in words if word.isalpha()}
    found = {}
    for words in texts:
        # A search's last word may go on, so a ticket is found by every beginning of its words that is a word itself.
        for beginning in {word[:length] for word in words for length in range(2, len(word) + 1)} & known:
            found[beginning] = found.get(beginning, 0) + 1
    shares = {word: times / len(rows) for word, times in found.items()}
    file.close()

    def between(low, high, most):
        chosen = sorted(word for word, share in shares.items() if low <= share < high)
        return chosen[:: max(1, len(chosen) // most)][:most]

    common = between(0.02, 1, 60)
    pairs = [f"{one} {other}" for one, other in zip(common, reversed(common)) if one != other]
    return [
        ("words that find 0.5 to 0.9 % of tickets", between(0.005, 0.009, 150), "under 150 ms"),
        ("words that find less than 0.5 %", between(0, 0.005, 150), "under 150 ms"),
        ("words that find 2 % and more", common, None), ("two common words", pairs, None),
    ]


# MARK: PostgreSQL


class Postgres:
    def __init__(self, line):
        self.folder, self.port, password, programs = line.split()
        self.url = f"postgres://clynto:{password}@127.0.0.1:{self.port}/postgres"
        self.psql = os.path.join(programs, "psql")

    def ask(self, statement):
        return subprocess.run(
            [self.psql, "--no-psqlrc", "-qAt", "-h", self.folder, "-p", self.port, "-U", "clynto", "postgres", "-c", statement],
            capture_output=True, text=True, check=True).stdout.strip()


@contextlib.contextmanager
def postgres(kept=None):
    """A private server with the memory that a server of its own would give it; ends with this. Its data stays in `kept`, if given."""
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Scripts", "postgres")
    # As is usual: a quarter of the machine's memory for pages, and costs of a disk without moving parts.
    quarter = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4 // 2**20
    settings = [
        f"shared_buffers={quarter}MB", f"effective_cache_size={3 * quarter}MB", "work_mem=32MB", "maintenance_work_mem=512MB",
        "random_page_cost=1.1", "max_wal_size=4GB"]
    folder = ["--keep", kept] if kept else []
    child = subprocess.Popen([script, *folder, *settings], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        line = child.stdout.readline()
        if not line:
            raise SystemExit("Scripts/postgres did not start a server.")
        yield Postgres(line)
    finally:
        child.stdin.close()
        child.wait(timeout=60)

