"""The first sync of a portal: how long it takes beside tap-freshdesk, and how many requests it makes."""

import json
import os
import subprocess

import bound
from installation import Installation
from report import Section, count, megabytes, milliseconds, rate, seconds, times
from stage import PORTAL_KEY

# Milliseconds before every answer of the portal that stands for one behind a network.
LATENCY = 50
DAYS = 90


def run(stage):
    tickets, companies, few = stage.choose((5_000, 300, 300), (1_000, 60, 150))
    with stage.portal(few, companies, LATENCY) as portal:
        stage.say(f"{few} tickets, {LATENCY} ms: tap-freshdesk, then clynto")
        tap_few, ours_few = read_by_peer(stage, portal), read(stage, portal)
    with stage.portal(tickets, companies, LATENCY) as portal:
        stage.say(f"{count(tickets)} tickets, {LATENCY} ms: clynto")
        far = read(stage, portal)
        stage.say(f"{count(tickets)} tickets, {LATENCY} ms, last {DAYS} days: clynto")
        window = read(stage, portal, DAYS)
        expected = bound.peer_requests(portal.dump())
    with stage.portal(tickets, companies) as portal:
        stage.say(f"{count(tickets)} tickets, no latency: tap-freshdesk, then clynto")
        tap_near, near = read_by_peer(stage, portal), read(stage, portal)
    tap_far = tap_few["seconds"] / tap_few["requests"] * expected
    per_request = milliseconds(1000 * tap_few["seconds"] / tap_few["requests"])
    return [
        Section(
            "First sync",
            f"A simulated portal of {count(tickets)} tickets without a rate limit is read whole: by `clynto sync` into a new database "
            f"(the process from start to end, storing, indexing for search and matching included) and by tap-freshdesk 1.0.1, which asks "
            f"one request after the other and only writes lines to a file. The tap reads the same records, checked at the end, except "
            f"satisfaction ratings, ticket statuses and members of groups, which only Clynto reads. With {LATENCY} ms before every answer "
            f"the tap is measured on {count(few)} tickets ({per_request} a request) and extrapolated in proportion to the {count(expected)} "
            f"requests that it needs for {count(tickets)}; everything else is measured.",
            [
                (f"{LATENCY} ms latency, {count(tickets)} tickets: tap-freshdesk, extrapolated", seconds(tap_far), None),
                (f"{LATENCY} ms latency, {count(tickets)} tickets: clynto", seconds(far["seconds"]), None),
                (f"{LATENCY} ms latency, {count(tickets)} tickets: ratio", times(tap_far / far["seconds"]), "at least 10 ×"),
                (f"{LATENCY} ms latency, {count(few)} tickets: tap-freshdesk", seconds(tap_few["seconds"]), None),
                (f"{LATENCY} ms latency, {count(few)} tickets: clynto", seconds(ours_few["seconds"]), None),
                (f"{LATENCY} ms latency, {count(few)} tickets: ratio", times(tap_few["seconds"] / ours_few["seconds"]), None),
                (f"No latency, {count(tickets)} tickets: tap-freshdesk", seconds(tap_near["seconds"]), None),
                (f"No latency, {count(tickets)} tickets: clynto", seconds(near["seconds"]), None),
                (f"No latency, {count(tickets)} tickets: ratio", times(tap_near["seconds"] / near["seconds"]), "at least 3 ×"),
                ("No latency: records saved", rate(near["records"] / near["seconds"]), None),
                ("No latency: processor time of clynto", seconds(near["processor"]), None),
                ("No latency: processor time of the simulated portal meanwhile", seconds(near["portal"]), None),
                ("No latency: most resident memory", megabytes(near["peak"]), None),
                (f"Last {DAYS} days only, {LATENCY} ms: clynto", seconds(window["seconds"]), None),
                ("Most requests at once", str(far["at_once"]), "at most 12"),
            ]),
        requests(tickets, far, window),
    ]


def requests(tickets, far, window):
    rows = []
    for name, reading in (("Everything", far), (f"Last {DAYS} days and unresolved", window)):
        least = sum(number for _, number in reading["bound"])
        rows += [(f"{name}: requests made", count(reading["requests"]), None)]
        rows += [(f"{name}: fewest possible", count(least), None)]
        rows += [(f"{name}: ratio", times(reading["requests"] / least), "at most 1.05 ×")]
    rows += [
        (f"Of the fewest: {what}", f"{count(whole)} and {count(part)}", None)
        for (what, whole), (_, part) in zip(far["bound"], window["bound"])
    ]
    return Section(
        "Requests of a first sync",
        f"Every request counts against a portal's allowance. The portal of {count(tickets)} tickets counts what it was asked; the fewest "
        f"possible follow from what it holds, term by term, for everything and for the last {DAYS} days.", rows)


def read(stage, portal, days=None):
    """A first sync by clynto into a new data folder, with what it cost."""
    installation = Installation(stage, stage.folder(), portal.url)
    installation.create()
    installation.import_accounts(portal.companies())
    installation.connect(portal, days)
    portal.forget_statistics()
    before = portal.process.processor_seconds()
    reading = installation.sync()
    reading["portal"] = portal.process.processor_seconds() - before
    made = portal.statistics()
    dump = portal.dump()
    reading["requests"], reading["at_once"] = made["requests"], made["concurrent_maximum"]
    reading["paths"] = made["paths"]
    reading["bound"] = bound.terms(dump, days)
    card = installation.card()
    reading["records"] = sum(card["records"].values())
    if days is None:
        compare("clynto", card["records"], dump)
    installation.remove()
    least = sum(number for _, number in reading["bound"])
    stage.say(f"    {reading['seconds']:.1f} s, {reading['processor']:.1f} s of processor, {reading['peak']:.0f} MB, "
              f"{reading['requests']} requests of at least {least}")
    return reading


def read_by_peer(stage, portal):
    portal.forget_statistics()
    records = os.path.join(stage.work, "records.jsonl")
    output = subprocess.run(
        [stage.peer, os.path.join(os.path.dirname(os.path.abspath(__file__)), "tap_reading.py"), portal.url, PORTAL_KEY, portal.subdomain,
         records], capture_output=True, text=True, timeout=900, check=False)
    if output.returncode != 0:
        raise SystemExit(f"tap-freshdesk failed:\n{output.stderr[-2000:]}")
    os.remove(records)
    reading = json.loads(output.stdout)
    reading["requests"] = portal.statistics()["requests"]
    compare("tap-freshdesk", reading["records"], portal.dump())
    stage.say(f"    {reading['seconds']:.1f} s, {reading['requests']} requests")
    return reading


def compare(reader, records, dump):
    """Ends the benchmark when a reader did not do the work: a fast wrong reading is no figure."""
    truth = {
        "companies": len(dump["companies"]), "contacts": len(dump["contacts"]), "tickets": len(dump["tickets"]),
        "conversations": sum(len(t["conversations"]) for t in dump["tickets"]),
    }
    wrong = {name: (records.get(name, 0), number) for name, number in truth.items() if records.get(name, 0) != number}
    if wrong:
        raise SystemExit(f"{reader} did not read everything (read, there): {wrong}")
