"""How fast Larry answers over very many tickets: each family of questions over the API, as a page asks them."""

import json
import os
import shutil
import sqlite3
import time
import urllib.request

import load
import million_rows
from installation import Installation
from report import Section, count, milliseconds

# Over so many tickets, 95 of 100 questions are to be answered within so many milliseconds.
AIMS = {100_000: 50, 1_000_000: 300}


def run(stage):
    return [measured(stage, stage.choose(100_000, 20_000))]


def run_large(stage):
    return [measured(stage, stage.choose(1_000_000, 100_000))]


def measured(stage, tickets):
    folder = os.path.join(stage.cache, f"larry-{tickets}")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        return measure(stage, Installation(stage, folder, "http://127.0.0.1:9"), tickets)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(stage, installation, tickets):
    installation.create()
    stage.say(f"{tickets:,} tickets into SQLite")
    names = fill(os.path.join(installation.folder, "clynto.sqlite"), tickets, stage.say)
    rounds = stage.choose(3, 2)
    with installation.serve("--no-worker") as server:
        families = ask_all(server.url, installation.token("member"), questions(names), rounds, stage.say)
    everything = [spent for times in families.values() for _, spent in times]
    aim = AIMS.get(tickets)
    rows = [
        (f"All {len(everything) // rounds} questions, median", milliseconds(load.percentile(sorted(everything), 50)), None),
        ("All, 95 of 100 within", milliseconds(load.percentile(sorted(everything), 95)), f"under {aim} ms" if aim else None),
        ("All, the slowest", milliseconds(max(everything)), None),
    ]
    for family, times in families.items():
        spent = sorted(taken for _, taken in times)
        rows.append((f"{family}, median and slowest", f"{load.percentile(spent, 50):.0f} / {spent[-1]:.0f} ms", None))
    for label, figure, _ in rows:
        stage.say(f"    {label}: {figure}")
    return Section(
        f"Larry over {count(tickets)} tickets",
        f"Questions of every family over the API, by rules alone, one after the other, {rounds} times each, thread and trace kept. Rows "
        "are made up and written straight into SQLite; the names that questions use are made up too.", rows)


def fill(path, tickets, say):
    """Rows as a sync would have stored them, with ratings, and with names that people could say."""
    now = int(time.time() * 1000)
    filler = million_rows.Filler(path, 1, now, tickets, say)
    filler.fill()
    file = sqlite3.connect(path)
    words = million_rows.Vocabulary(filler.random, 400)
    long = [word for word in words.words if len(word) >= 6]

    def name(number, parts=2):
        pieces = []
        for _ in range(parts):
            number, place = divmod(number, len(long))
            pieces.append(long[place].capitalize())
        return " ".join(pieces)

    for table, start in (("accounts", 0), ("agents", 50_000), ("contacts", 60_000)):
        column = "id % 9000000" if table == "agents" else "id"
        rows = file.execute(f"SELECT id, {column} FROM {table}").fetchall()
        named = [(name(number * 7 + start, 2 if table == "accounts" else 3), key) for key, number in rows]
        file.executemany(f"UPDATE {table} SET name = ? WHERE id = ?", named)
    file.execute("UPDATE accounts SET name_folded = lower(name)")
    file.execute(
        """
        INSERT INTO satisfaction_ratings (workspace_id, connection_id, id, ticket_id, rating, agent_id, created_at, updated_at, raw)
        SELECT workspace_id, connection_id, id, id, CASE id % 7 WHEN 0 THEN -103 WHEN 1 THEN 100 ELSE 103 END, agent_id, updated_at,
        updated_at, '{}' FROM tickets WHERE rating IS NOT NULL
        """)
    file.execute("UPDATE tickets SET is_escalated = 1 WHERE id % 50 = 0")
    file.execute("UPDATE tickets SET rating = CASE id % 7 WHEN 0 THEN -103 WHEN 1 THEN 100 ELSE 103 END WHERE rating IS NOT NULL")
    file.commit()
    chosen = {
        "accounts": [row[0] for row in file.execute("SELECT name FROM accounts WHERE id IN (1, 2, 3, 21, 333) ORDER BY id")],
        "agents": [row[0] for row in file.execute("SELECT name FROM agents ORDER BY id LIMIT 3")],
        "contact": file.execute("SELECT name FROM contacts WHERE id = 5").fetchone()[0],
        "ticket": tickets // 2, "rare": words_of_share(file, 0.004), "common": words_of_share(file, 0.1),
    }
    file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.close()
    return chosen


def words_of_share(file, share):
    """A word that about this share of tickets hold, told by a sample."""
    found, sample = {}, file.execute("SELECT ticket || ' ' || thread FROM ticket_search WHERE entry % 53 = 0 LIMIT 4000").fetchall()
    for (text,) in sample:
        for word in set(text.split()):
            found[word] = found.get(word, 0) + 1
    return min((word for word in found if word.isalpha() and len(word) >= 5), key=lambda word: abs(found[word] / len(sample) - share))


def questions(names):
    a, b, c, d, e = names["accounts"]
    p, q, r = names["agents"]
    return {
        "Counts": [
            "How many tickets are there?", f"How many open tickets does {a} have right now?", "How many unresolved tickets are there?",
            "How many urgent tickets are unassigned?", f"How many tickets of {b} are not closed?", "How many escalated tickets are there?",
            "How many overdue tickets are there?", f"How many open tickets are assigned to {p}?", "How many tickets have no reply?",
            "How many tickets came in by phone?", "How many accounts have open tickets?", "How many tickets are tagged vip?",
        ],
        "Lists and the latest": [
            f"what tickets has {a} opened in the last 30 days?", "Show open urgent tickets", f"What was {a}'s last ticket about?",
            f"who's the agent for {b}'s most recent escalation?", "What is the oldest open ticket?", "the last 10 escalated tickets",
            "Show overdue tickets", f"list {q}'s open tickets", f"Who is assigned to ticket {names['ticket']}?",
            f"tickets requested by {names['contact']}", "Which ticket has waited longest for a reply?",
        ],
        "Groups and who": [
            "Which accounts have filed urgent tickets in the last week?", "Who has the most unresolved tickets?", "open tickets by priority",
            "tickets by status", "Which accounts have more than 5 open tickets?", "top 5 accounts by tickets in the last 90 days",
            f"{a}'s tickets by status", "Which account filed the most tickets this year?", "tickets by type", "open tickets by account",
            "Which accounts have no open tickets?", f"Who handles {c}'s tickets?", "tickets by tag this month",
        ],
        "Times of day and periods": [
            "How many tickets were created today?", "How many tickets were created last week?", "How many tickets were resolved last month?",
            "How many tickets last quarter?", "How many tickets were opened in the past 12 months?", f"How many tickets did {d} open last month?",
            "How many tickets were updated in the last 24 hours?", "How many tickets were created before April?",
        ],
        "Trends": [
            "tickets per week over the last 3 months", "tickets per month this year", f"{a}'s tickets per month over the last 12 months",
            "resolved tickets per week over the last 8 weeks", "which weekday has the most tickets?", "How many tickets per day in the last 14 days?",
        ],
        "Comparisons and shares": [
            "Did we get more tickets this week than last week?", f"{a} vs {b}", "What percentage of tickets are urgent?",
            f"What share of {a}'s tickets are open?", f"Who has more open tickets, {p} or {q}?",
        ],
        "CSAT and times": [
            "What is our CSAT?", "CSAT by agent this quarter", "median first response time", "average resolution time last month",
            f"median resolution time of {r}", "average first response time by agent", f"What is the CSAT of {a}?",
            "median resolution time by account", "How many negative ratings in the last 90 days?", "oldest open ticket age",
        ],
        "Words and messages": [
            f"How many tickets mention {names['rare']}?", f"How many tickets mention {names['common']}?",
            f"tickets about {names['rare']} from {a}", f"How many replies did {p} send last month?", "How many private notes are there?",
            "How many messages did customers send last week?",
        ],
        "Names and slips": [
            f"how many tickts does {a[:-1]} have", f"How many urgnt tickets does {e} have?", "How many tickets does Zorblax Industries have?",
            f"tickets of {b.split()[0]}", "What's the weather in Paris?", "Close all tickets",
        ],
    }


def ask_all(url, token, families, rounds, say):
    """Family by family: (question, milliseconds) of each asking; how each was answered is said once."""
    for question in ("How many tickets are there?", "tickets by status"):
        ask(url, token, question)
    spent = {}
    for family, asked in families.items():
        spent[family] = []
        for question in asked:
            times, answer = [], {}
            for _ in range(rounds):
                began = time.perf_counter()
                answer = ask(url, token, question)
                times.append((time.perf_counter() - began) * 1000)
            spent[family] += [(question, taken) for taken in times]
            say(f"    {min(times):7.1f} {max(times):7.1f} ms  {answer['status']:<10} {question}")
    return spent


def ask(url, token, question):
    request = urllib.request.Request(url + "/api/v1/larry/ask", data=json.dumps({"question": question}).encode(), method="POST")
    request.add_header("Authorization", f"Bearer {token}")
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)
