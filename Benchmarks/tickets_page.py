"""The Tickets page over many tickets, beside a constant page of its size from the same server."""

import json
import urllib.parse

import large
import load
from report import Section, count, megabytes, milliseconds, percent, rate, seconds

# Unresolved and pressing: the two filters of the page.
FILTERS = "status=open,pending&priority=high,urgent"
ROWS = 50
RATE = 50


def run(stage):
    installation, measured = large.prepared(stage)
    with installation.serve("--no-worker", environment=large.clock(measured)) as server:
        size = len(load.one_by_one(server.url, [f"/tickets?{FILTERS}"], 2, {"Cookie": server.sign_in()})["body"])
    with installation.serve("--no-worker", "--constant-page", str(size), environment=large.clock(measured)) as server:
        return [sync_section(measured), page_section(stage, server, measured, {"Cookie": server.sign_in()}),
                answer_section(stage, server, measured, {"Authorization": f"Bearer {installation.token('member')}"})]


def sync_section(measured):
    tickets = measured["tickets"]
    return Section(
        f"First sync of {count(tickets)} tickets",
        "A simulated portal on the same cores, read whole without latency and rate limit. The database is kept for later runs of the "
        "same program.",
        [
            ("Time", seconds(measured["seconds"]), None),
            ("Tickets with their conversations", rate(tickets / measured["seconds"]), None),
            ("Processor time of clynto", seconds(measured["processor"]), None),
            ("Processor time of the simulated portal meanwhile", seconds(measured["portal"]), None),
            ("Most resident memory of clynto", megabytes(measured["peak"]), "under 400 MB"),
            ("Size of the database", megabytes(measured["megabytes"]), None),
        ])


def page_section(stage, server, measured, signed_in):
    duration = stage.choose(10, 4)
    page = f"/tickets?{FILTERS}"
    # The constant page has the size measured before and passes everything that a page passes on its way, the session's look-up too.
    places = {
        "bare": ("/healthz", None), "constant": ("/constant-page", signed_in), "small": ("/settings/profile", signed_in),
        "tickets": (page, signed_in), "unfiltered": ("/tickets", signed_in),
    }
    speeds, sizes = {}, {}
    for name, (path, headers) in places.items():
        stage.say(f"{path} as fast as it goes")
        sizes[name] = len(load.one_by_one(server.url, [path], 2, headers)["body"])
        speeds[name] = load.throughput(server.url + path, duration, headers)
        stage.say(f"    {speeds[name]:,.0f} /s, {sizes[name]:,} bytes")
    stage.say(f"{RATE} requests a second")
    calm = load.steady(server.url, [page], RATE, 2 * duration, signed_in)
    varied = load.steady(server.url, combinations(), RATE, 2 * duration, signed_in)
    bare = load.steady(server.url, ["/healthz"], RATE, duration)
    stage.say(f"    p99 {calm['p99']:.1f} ms, varied {varied['p99']:.1f} ms, bare {bare['p99']:.1f} ms")

    def sized(name):
        return f"{rate(speeds[name])}, {sizes[name] / 1024:.0f} KB"

    return Section(
        f"Tickets page over {count(measured['tickets'])} tickets",
        f"`clynto serve` with its ordinary settings, a signed-in person, `/tickets?{FILTERS}` with {ROWS} rows. As fast as it goes: `wrk` "
        f"with {load.CONNECTIONS} connections, on the same cores. The signed-in constant page is as large as the Tickets page was "
        f"just before; the server has it only with an option for this measurement. At {RATE} requests a second each "
        f"request has its moment whether or not earlier ones are answered, and its time counts from that moment.",
        [
            ("Bare route, nobody signed in (`/healthz`)", sized("bare"), None),
            ("Constant page of equal size, signed in", sized("constant"), None),
            ("Small page without a list, signed in (`/settings/profile`)", sized("small"), None),
            ("Tickets page, two filters", sized("tickets"), None),
            ("Tickets page, no filter", sized("unfiltered"), None),
            ("Two filters, share of the constant page", percent(speeds["tickets"] / speeds["constant"]), "at least 5 %"),
            ("Two filters, share of the small page", percent(speeds["tickets"] / speeds["small"]), None),
            ("Two filters, share of the bare route", percent(speeds["tickets"] / speeds["bare"]), None),
            (f"Two filters, p99 at {RATE} a second", milliseconds(calm["p99"]), "under 50 ms"),
            (f"Two filters, median at {RATE} a second", milliseconds(calm["median"]), None),
            (f"Ever other filters, so that counts are made anew, p99 at {RATE} a second", milliseconds(varied["p99"]), None),
            (f"Ever other filters, median at {RATE} a second", milliseconds(varied["median"]), None),
            (f"Bare route, p99 at {RATE} a second", milliseconds(bare["p99"]), None),
        ])


def combinations():
    """Filters of two kinds, more of them than a page's remembered counts would soon repeat."""
    statuses = ["open", "pending", "resolved", "closed", "!closed", "open,pending", "!open"]
    sources = ["email", "portal", "phone", "chat", "!email", "email,portal"]
    priorities = ["low", "medium", "high", "urgent", "high,urgent", "!low"]
    first = [f"/tickets?status={status}&priority={priority}" for status in statuses for priority in priorities]
    second = [f"/tickets?priority={priority}&source={source}&sort=-created" for priority in priorities for source in sources]
    return [address for pair in zip(first, second) for address in pair]


def answer_section(stage, server, measured, token):
    duration, repeats = stage.choose((10, 40), (4, 15))
    stage.say("the API")
    listed = load.throughput(f"{server.url}/api/v1/tickets?{FILTERS}&limit={ROWS}", duration, token)
    rows = [("List with the page's two filters, as fast as it goes", rate(listed), None)]
    common, rare = words(server, token)
    questions = [
        ("List, two filters", f"{FILTERS}&limit={ROWS}"), ("List, no filter", f"limit={ROWS}"),
        ("Count, two filters, one row", f"{FILTERS}&limit=1"), ("Count, closed, one row", "status=closed&limit=1"),
        ("Search, a common word", f"q={common}&limit={ROWS}"), ("Search, a rare word", f"q={rare}&limit={ROWS}"),
        ("Search, a common word with two filters", f"q={common}&{FILTERS}&limit={ROWS}"),
        ("Search, two letters", f"q={common[:2]}&limit={ROWS}"),
    ]
    for name, query in questions:
        answer = load.one_by_one(server.url, [f"/api/v1/tickets?{query}"], repeats, token)
        total = json.loads(answer["body"])["total"]
        found = f"{total['count']:,}{'' if total['exact'] else '+'}"
        rows.append((f"{name} ({found} found), median", milliseconds(answer["median"]), None))
    detail = load.one_by_one(server.url, [f"/api/v1/tickets/{measured['tickets'] // 2}"], repeats, token)
    rows.append(("One ticket, median", milliseconds(detail["median"]), None))
    return Section(
        f"API over {count(measured['tickets'])} tickets",
        "One request after the other unless said otherwise. Every answer counts its tickets anew, exactly up to 10,000; the page "
        "remembers a count for seconds, the API does not.", rows)


def words(server, token):
    """A word that many tickets hold, and one that few do: the number of a ticket."""
    sample = server.api(token["Authorization"].removeprefix("Bearer "), "/tickets?limit=200")["data"]
    seen = {}
    for ticket in sample:
        for word in {word.strip(".,:;!?()").lower() for word in ticket["subject"].split()}:
            if len(word) > 5 and word.isascii() and word.isalpha():
                seen[word] = seen.get(word, 0) + 1
    return urllib.parse.quote(max(seen, key=lambda word: (seen[word], word))), sample[0]["id"]
