"""What `clynto serve` keeps in memory, idle and after being used."""

import time

import large
import load
from report import Section, count, megabytes, milliseconds

VIEWS = 1_000
# Seconds of rest before a figure is taken.
REST = 3


def run(stage):
    installation, measured = large.prepared(stage)
    with installation.serve(environment=large.clock(measured)) as server:
        time.sleep(REST)
        idle, _ = server.process.memory()
        stage.say(f"idle {idle:.0f} MB")
        signed_in = {"Cookie": server.sign_in()}
        time.sleep(REST)
        entered, _ = server.process.memory()
        views = load.one_by_one(server.url, addresses(measured["tickets"]), VIEWS, signed_in)
        time.sleep(REST)
        used, most = server.process.memory()
        stage.say(f"after {VIEWS} page views {used:.0f} MB, at most {most:.0f} MB")
    return [
        Section(
            "Memory of serve",
            f"`clynto serve` with its background worker over {count(measured['tickets'])} tickets, resident memory after {REST} seconds of "
            f"rest. The page views come one after the other: Tickets with different filters, pages of tickets, accounts, agents, integrations.",
            [
                ("Idle after the start", megabytes(idle), "under 120 MB"),
                ("After signing in", megabytes(entered), None),
                (f"After {count(VIEWS)} page views", megabytes(used), None),
                ("Most at any moment", megabytes(most), None),
                ("A page view, median", milliseconds(views["median"]), None),
            ])
    ]


def addresses(tickets):
    lists = [
        "/tickets", "/tickets?status=open,pending&priority=high,urgent", "/tickets?status=!closed&sort=created", "/tickets?q=invoice",
        "/tickets?account=none", "/tickets?csat=negative", "/accounts", "/agents", "/integrations",
    ]
    # The portal numbers its tickets from 1; a step that shares no factor with most sizes visits old and new ones.
    return [address for number in range(1, 100) for address in (lists[number % len(lists)], f"/tickets/{1 + number * 7919 % tickets}")]
