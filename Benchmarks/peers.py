"""Clynto beside two public connectors on one portal: a first reading, then one of what changed, and one of nothing."""

import datetime
import json
import os
import sqlite3
import subprocess

import bound
from answers import read_json
from installation import Installation
from report import Section, count, megabytes, seconds, times
from stage import PORTAL_KEY

# Milliseconds before every answer.
LATENCY = 25
# Seconds that pass on the portal between the readings.
PAUSE = 3_600
HERE = os.path.dirname(os.path.abspath(__file__))


def run(stage):
    tickets, companies, events = stage.choose((2_000, 120, 200), (400, 40, 60))
    with stage.portal(tickets, companies, LATENCY) as portal:
        readers = [Ours(stage, portal), Tap(stage, portal), Airbyte(stage, portal)]
        stage.say(f"{count(tickets)} tickets, {LATENCY} ms: first reading")
        first = [reader.read("first") for reader in readers]
        before = portal.dump()
        expected_first = sum(number for _, number in bound.terms(before, None))
        happened = happen(portal, events)
        after = portal.dump()
        stage.say(f"after {happened} changes")
        later = [reader.read("later") for reader in readers]
        wrong = [reader.wrong(after) for reader in readers]
        expected_later = bound.later(before, after)
        # Seconds that were still open when they were read pass, and so does the youth of new tickets.
        advance(portal)
        settling = readers[0].read("settling")
        advance(portal)
        stage.say("nothing changed")
        unchanged = readers[0].read("nothing")
        last = portal.dump()
        expected_none = bound.later(after, last)
        listed = sum(bound.pages(len(last[name])) for name in ("companies", "contacts", "tickets"))
        readers[0].installation.remove()
    return [table(tickets, happened, readers, first, later, wrong),
            frugality(tickets, [("First sync", first[0], expected_first), (f"Sync after {happened} changes", later[0], total(expected_later)),
                                ("Sync right after it", settling, None), ("Sync after no change", unchanged, total(expected_none))],
                      expected_later, unchanged["requests"] - listed)]


def happen(portal, events):
    """Changes of every kind, the same every time; how many could be applied."""
    advance(portal)
    happened = [{"do": "random", "seed": number} for number in range(1, events + 1)]
    return len(read_json(portal.url + "/_sandbox/events", happened)["results"])


def advance(portal):
    read_json(portal.url + "/_sandbox/clock", {"advance": PAUSE})


def total(terms):
    return sum(number for _, number in terms)


class Reader:
    """Who reads; what a reading costs, and what it holds afterwards."""

    def __init__(self, stage, portal):
        self.stage, self.portal = stage, portal

    def read(self, what):
        self.portal.forget_statistics()
        reading = self.reading()
        made = self.portal.statistics()
        reading |= {"requests": made["requests"], "credits": made["credits"]}
        self.stage.say(f"    {self.name}, {what}: {reading['seconds']:.1f} s, {reading['requests']} requests, {reading['credits']} credits, "
                       f"{reading['processor']:.1f} s of processor, {reading['peak']:.0f} MB")
        return reading

    def wrong(self, dump):
        """Tickets that are not as the portal has them: lacking, outdated, with another thread, or gone from the portal and still held."""
        there = {t["id"]: (t["updated_at"], frozenset(c["id"] for c in t["conversations"])) for t in dump["tickets"]}
        here = self.held()
        return sum(1 for id in there.keys() | here.keys() if there.get(id) != here.get(id))


class Ours(Reader):
    name = "clynto"

    def __init__(self, stage, portal):
        super().__init__(stage, portal)
        self.installation = Installation(stage, stage.folder(), portal.url)
        self.installation.create()
        self.installation.import_accounts(portal.companies())
        self.installation.connect(portal, None)

    def reading(self):
        return self.installation.sync()

    def held(self):
        with sqlite3.connect(os.path.join(self.installation.folder, "clynto.sqlite")) as file:
            tickets = {id: (moment(at), set()) for id, at in file.execute("SELECT id, updated_at FROM tickets WHERE is_live")}
            for id, ticket in file.execute("SELECT id, ticket_id FROM conversations"):
                if ticket in tickets:
                    tickets[ticket][1].add(id)
        return {id: (at, frozenset(thread)) for id, (at, thread) in tickets.items()}


def moment(milliseconds):
    return datetime.datetime.fromtimestamp(milliseconds // 1000, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class Peer(Reader):
    """A connector in a virtual environment of its own, with its state between readings."""

    def __init__(self, stage, portal):
        super().__init__(stage, portal)
        folder = stage.folder()
        self.records, self.state = os.path.join(folder, "records.jsonl"), os.path.join(folder, "state.json")
        self.tickets, self.threads = {}, {}

    def reading(self):
        done = subprocess.run(
            [self.interpreter, os.path.join(HERE, self.script), self.portal.url + self.base, PORTAL_KEY, self.portal.subdomain, self.records,
             self.state], capture_output=True, text=True, timeout=1_800, check=False)
        if done.returncode != 0:
            raise SystemExit(f"{self.name} failed:\n{done.stderr[-2000:]}")
        self.keep()
        return json.loads(done.stdout.splitlines()[-1])

    def keep(self):
        """Upserts what was read, as a loader would; both connectors only ever add."""
        with open(self.records, encoding="utf-8") as lines:
            for message in map(json.loads, lines):
                record = message.get("record")
                if record and message["stream"] == "tickets":
                    self.tickets[record["id"]] = None if record.get("deleted") or record.get("spam") else record["updated_at"][:19] + "Z"
                elif record and message["stream"] == "conversations":
                    self.threads.setdefault(record["ticket_id"], set()).add(record["id"])
        os.remove(self.records)

    def held(self):
        return {id: (at, frozenset(self.threads.get(id, ()))) for id, at in self.tickets.items() if at}


class Tap(Peer):
    name, script, base = "tap-freshdesk 1.0.1", "tap_reading.py", ""

    @property
    def interpreter(self):
        return self.stage.peer


class Airbyte(Peer):
    name, script, base = "airbyte-source-freshdesk 3.1.3", "airbyte_reading.py", ""

    def __init__(self, stage, portal):
        super().__init__(stage, portal)
        self.base = f"/{portal.subdomain}"

    @property
    def interpreter(self):
        return self.stage.other_peer


def table(tickets, happened, readers, first, later, wrong):
    rows = []
    for what, readings in (("First reading", first), ("Later reading", later)):
        for title, key, form in (("requests", "requests", count), ("credits", "credits", count), ("time", "seconds", seconds),
                                 ("processor time", "processor", seconds), ("most resident memory", "peak", megabytes)):
            for reader, reading in zip(readers, readings):
                rows.append((f"{what}, {title}: {reader.name}", form(reading[key]), None))
    rows += [(f"Tickets that are not as the portal has them: {reader.name}", count(number), "0" if number == wrong[0] else None)
             for reader, number in zip(readers, wrong)]
    return Section(
        "Beside other connectors",
        f"One simulated portal of {count(tickets)} tickets, {LATENCY} ms before every answer, no rate limit, is read whole by each; then "
        f"{happened} changes of every kind happen (replies, notes, states, merges, deletions, purges, ratings …), and each reads what "
        "changed, with the state that it kept. Agents, companies, contacts, groups, tickets and conversations by all three; satisfaction "
        "ratings and the ticket form by Clynto and Airbyte's connector. Time is wall time of the reading; Clynto's is its whole process, "
        "with storing, indexing and matching, the others' begins when they are loaded and only writes lines to a file. A ticket is not "
        "as the portal has it when it is lacking, outdated, gone and still held, or when its thread is another.", rows)


def frugality(tickets, runs, terms, beside):
    rows = []
    for what, reading, least in runs:
        rows.append((f"{what}: requests made", count(reading["requests"]), None))
        if least:
            rows += [(f"{what}: fewest possible", count(least), None),
                     (f"{what}: ratio", times(reading["requests"] / least), "at most 1.03 ×" if what.startswith("First") else "at most 1.05 ×")]
    rows.append(("Sync after no change: requests beside pages of companies, contacts and ids", count(beside), "fewer than 30"))
    rows += [(f"Of the fewest of a later sync: {what}", count(number), None) for what, number in terms]
    return Section(
        "Requests of later syncs",
        f"The same portal of {count(tickets)} tickets, everything kept. The fewest possible follow from what the portal held before and holds "
        "now, one sweep of all ticket ids included.", rows)
