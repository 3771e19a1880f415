"""The fewest requests a sync can do with, computed from a portal's own account of what it holds."""

import datetime
import math

RESOLVED, CLOSED = 4, 5


def terms(dump, days):
    """The bound as (what, requests) pairs; `days` is the window, None for everything."""
    tickets, wanted_old = dump["tickets"], []
    walked = tickets
    if days is not None:
        start = (parsed(dump["now"]) - datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
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


def later(before, after):
    """The bound of a sync that ends exact after a portal changed from one state into the other, everything kept, as (what, requests)."""
    known = {t["id"]: t for t in before["tickets"]}
    now = {t["id"]: t for t in after["tickets"]}
    moved = [t for t in now.values() if t["id"] not in known or t["updated_at"] != known[t["id"]]["updated_at"]]
    elsewhere = set(after["trashed_ticket_ids"]) | set(after["spam_ticket_ids"])
    vanished = known.keys() - now.keys() - elsewhere
    restored = {id for id in now.keys() - known.keys() if now[id] not in moved}
    listed = {p["id"] for p in before["contacts"] + after["contacts"] + before["agents"] + after["agents"]}
    listed |= {t["requester_id"] for t in before["tickets"]}
    two_weeks = (parsed(after["now"]) - datetime.timedelta(days=14)).strftime("%Y-%m-%dT%H:%M:%SZ")
    ratings = [r for r in after["satisfaction_ratings"] if r["created_at"] >= two_weeks]
    lost = {c["id"] for c in before["companies"]} - {c["id"] for c in after["companies"]}
    return [
        ("whose key it is", 1),
        ("ticket fields", 1),
        ("companies, 100 a page", pages(len(after["companies"]))),
        ("companies that are gone, asked for by themselves", len(lost)),
        ("contacts, 100 a page", pages(len(after["contacts"]))),
        ("deleted and blocked contacts, 100 a page", pages(len(after["deleted_contact_ids"])) + pages(len(after["blocked_contact_ids"]))),
        ("agents, 100 a page", pages(len(after["agents"]))),
        ("groups, 100 a page", pages(len(after["groups"]))),
        ("each group's members, which no list has", len(after["groups"])),
        ("tickets that moved, 100 a page", pages(len(moved))),
        ("trash and spam, 100 a page", pages(len(after["trashed_ticket_ids"])) + pages(len(after["spam_ticket_ids"]))),
        ("ids of all tickets, 100 a page", pages(len(now))),
        ("tickets that left or came back without a trace", len(vanished) + len(restored)),
        ("requesters that no list has", len({t["requester_id"] for t in moved} - listed)),
        ("conversations of what moved, 100 a page", sum(pages(len(t["conversations"])) for t in moved)),
        ("satisfaction ratings of two weeks, 100 a page", pages(len(ratings))),
        ("what changed meanwhile", 1),
    ]


def parsed(moment):
    return datetime.datetime.fromisoformat(moment.replace("Z", "+00:00"))


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
