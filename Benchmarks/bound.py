"""The fewest requests a first sync can do with, computed from a portal's own account of what it holds."""

import datetime
import math

RESOLVED, CLOSED = 4, 5


def terms(dump, days):
    """The bound as (what, requests) pairs; `days` is the window, None for everything."""
    tickets, wanted_old = dump["tickets"], []
    walked = tickets
    if days is not None:
        now = datetime.datetime.fromisoformat(dump["now"].replace("Z", "+00:00"))
        start = (now - datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
        walked = [t for t in tickets if t["updated_at"] >= start]
        wanted_old = [t for t in tickets if t["updated_at"] < start and t["status"] not in (RESOLVED, CLOSED)]
    listed = {p["id"] for p in dump["contacts"]} | {p["id"] for p in dump["agents"]}
    scope = walked + wanted_old
    ratings = dump["satisfaction_ratings"] if days is None else [r for r in dump["satisfaction_ratings"] if r["created_at"] >= start]
    # Unresolved tickets from before the window come by search, thirty a page, or by a walk over all tickets, whichever is less.
    search = 0 if days is None else max(1, math.ceil(len(wanted_old) / 30))
    walk = pages(len(walked))
    if days is not None and pages(len(tickets)) < search + walk:
        search, walk = 0, pages(len(tickets))
    return [
        ("whose key it is", 1),
        ("ticket fields", 1),
        ("companies, 100 a page", pages(len(dump["companies"]))),
        ("contacts, 100 a page", pages(len(dump["contacts"]))),
        ("agents, 100 a page", pages(len(dump["agents"]))),
        ("groups, 100 a page", pages(len(dump["groups"]))),
        ("each group's members, which no list has", len(dump["groups"])),
        ("unresolved tickets from before the window by search, 30 a page", search),
        ("tickets of the window, 100 a page", walk),
        ("requesters that no list has (deleted or blocked)", len({t["requester_id"] for t in scope} - listed)),
        ("conversations, 100 a page, at least one request a ticket", sum(pages(len(t["conversations"])) for t in scope)),
        ("satisfaction ratings, 100 a page", pages(len(ratings))),
        ("what changed meanwhile", 1),
    ]


def peer_requests(dump):
    """What tap-freshdesk asks for to read everything: each list until a page is not full, and so a thread a ticket."""
    lists = ("agents", "groups", "companies", "contacts", "tickets")
    # Trash and spam are two more lists of tickets, here empty.
    return 2 + sum(full_pages(len(dump[name])) for name in lists) + sum(full_pages(len(t["conversations"])) for t in dump["tickets"])


def pages(rows):
    return max(1, math.ceil(rows / 100))


def full_pages(rows):
    """Pages asked for by a client that goes on until one has fewer than 100 rows."""
    return rows // 100 + 1
