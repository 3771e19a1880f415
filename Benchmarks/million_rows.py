"""Fills an installation's SQLite file with very many tickets, faster than any sync could.

Words follow Zipf's law over a vocabulary of made-up words; statuses, priorities, ages and thread lengths are spread as helpdesks have
them. Rows are what a sync would have stored, down to the token text of the search.
"""

import bisect
import itertools
import json
import random
import sqlite3

DAY = 86_400_000
STATUSES = [("open", 2, 6), ("pending", 3, 5), ("resolved", 4, 9), ("closed", 5, 80)]
SOURCES = [("email", 1, 60), ("portal", 2, 25), ("phone", 3, 8), ("chat", 7, 5), ("feedback", 9, 2)]
PRIORITIES = [(1, 55), (2, 30), (3, 11), (4, 4)]
TYPES = [("Question", 40), ("Incident", 25), ("Problem", 15), (None, 15), ("Feature Request", 4), ("Refund", 1)]
TAGS = ["vip", "billing", "bug", "urgent", "follow-up", "migration", "sso", "api", "mobile", "onboarding"]
# Words of a message, of a subject; messages of a ticket beside its description, on average.
MESSAGE, SUBJECT, THREAD = 20, 6, 5
SYLLABLES = ["ka", "lo", "mi", "ne", "ra", "su", "ti", "vo", "be", "du", "fa", "gi", "ho", "ju", "pe", "wy", "xa", "zo", "qui", "ster", "ing", "ton"]


class Vocabulary:
    """Made-up words, the most frequent first."""

    def __init__(self, random_source, size=40_000):
        seen, words = set(), []
        while len(words) < size:
            length = 2 if len(words) < 300 else random_source.choice((2, 3, 3, 4))
            word = "".join(random_source.choices(SYLLABLES, k=length))
            if word not in seen:
                seen.add(word)
                words.append(word)
        self.words = words
        self.weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(size)))
        self.random = random_source
        # Drawn beforehand: picking one of these is several times as fast as weighing anew.
        self.drawn = random_source.choices(words, cum_weights=self.weights, k=50 * size)

    def text(self, count):
        return self.random.choices(self.drawn, k=count)

    def around(self, share, documents_words):
        """A word that about this share of tickets holds, when a ticket has so many words."""
        total = self.weights[-1]
        wanted = [1 - (1 - share) ** (1 / documents_words)]
        rank = bisect.bisect_left([-1 / (rank + 2.7) / total for rank in range(len(self.words))], -wanted[0])
        return self.words[min(rank, len(self.words) - 1)]


def words_of_ticket():
    return MESSAGE * (THREAD + 1) + SUBJECT


class Filler:
    """Writes everything of one workspace's portal."""

    def __init__(self, path, workspace, now, tickets, say):
        self.workspace, self.now, self.tickets, self.say = workspace, now, tickets, say
        self.random = random.Random(7)
        self.vocabulary = Vocabulary(self.random)
        self.companies = max(50, tickets // 100)
        self.contacts = self.companies * 4
        self.agents = 60
        self.connection = 1
        self.file = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = OFF", "cache_size = -1500000", "temp_store = MEMORY"):
            self.file.execute(f"PRAGMA {pragma}")

    def fill(self):
        self.file.execute("BEGIN")
        self.directory()
        self.file.execute("COMMIT")
        # The index over the words is made in one go at the end, as nothing reads it meanwhile.
        triggers = self.file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            self.file.execute(f"DROP TRIGGER {name}")
        step = 20_000
        conversations = 0
        for first in range(1, self.tickets + 1, step):
            self.file.execute("BEGIN")
            conversations += self.batch(first, min(first + step, self.tickets + 1))
            self.file.execute("COMMIT")
            if first // step % 10 == 0:
                self.say(f"    {first - 1:,} tickets, {conversations:,} conversations")
        for _, sql in triggers:
            self.file.execute(sql)
        self.say("    the search index")
        # In larger pieces than a sync needs: fewer to merge. The second number is the engine's own.
        for statement in ("('hashsize', 67108864)", "('rebuild', NULL)", "('hashsize', 1048576)"):
            self.file.execute(f"INSERT INTO ticket_words (ticket_words, rank) VALUES {statement}")
        self.file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.file.close()
        return conversations

    def insert(self, table, columns, rows):
        names = ["workspace_id", *columns]
        rows = [(self.workspace, *row) for row in rows]
        self.file.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", rows)

    def directory(self):
        now, portal = self.now, self.connection
        self.insert(
            "connections",
            ("id", "subdomain", "state", "reserve_percent", "connected_at", "last_sync_at", "daily_served_at", "covered_since"),
            [(portal, "million", "connected", 20, now - DAY, now, now + 365 * DAY, 0)])
        self.insert(
            "accounts", ("id", "name", "name_folded", "domains", "aliases", "external_id", "tags", "created_at", "updated_at"),
            [(n, f"Account {n}", f"account {n}", "[]", "[]", str(n), "[]", now, now) for n in range(1, self.companies + 1) if n % 4])
        states = {True: "matched", False: "unmatched"}
        self.insert(
            "companies",
            ("connection_id", "id", "name", "domains", "created_at", "updated_at", "raw", "seen_run", "account_id", "match_state"),
            [(portal, n, f"Company {n}", json.dumps([f"company{n}.example"]), now, now, "{}", 1, n if n % 4 else None,
              "review" if n % 40 == 0 else states[bool(n % 4)]) for n in range(1, self.companies + 1)])
        self.insert(
            "contacts",
            ("connection_id", "id", "name", "email", "is_active", "company_id", "created_at", "updated_at", "raw", "seen_run"),
            [(portal, n, f"Contact {n}", f"contact{n}@company{self.company(n)}.example", 1, self.company(n), now, now, "{}", 1)
             for n in range(1, self.contacts + 1)])
        self.insert(
            "agents", ("connection_id", "id", "name", "email", "is_active", "is_occasional", "created_at", "updated_at", "raw", "seen_run"),
            [(portal, self.agent(n), f"Agent {n}", f"agent{n}@example.com", 1, 0, now, now, "{}", 1) for n in range(self.agents)])
        self.insert("groups", ("connection_id", "id", "name", "raw", "seen_run"), [(portal, n, f"Group {n}", "{}", 1) for n in range(1, 9)])
        self.insert(
            "status_labels", ("connection_id", "code", "label", "position"),
            [(portal, code, name.title(), code) for name, code, _ in STATUSES])

    def company(self, contact):
        return (contact - 1) // 4 + 1

    def agent(self, number):
        return 9_000_000 + number

    def pick(self, weighted, count):
        return self.random.choices([item[:-1] for item in weighted], weights=[item[-1] for item in weighted], k=count)

    def batch(self, first, last):
        count = last - first
        tickets, bodies, tags, search, threads = [], [], [], [], []
        statuses, sources = self.pick(STATUSES, count), self.pick(SOURCES, count)
        priorities, types = self.pick(PRIORITIES, count), self.pick(TYPES, count)
        # Some customers write far more than others.
        contacts = [min(int(self.random.paretovariate(0.9)), self.contacts) for _ in range(count)]
        span = 3 * 365 * DAY
        for offset in range(count):
            number = first + offset
            (status, status_code), (source, source_code) = statuses[offset], sources[offset]
            created = self.now - span + span * number // (self.tickets + 1)
            contact = contacts[offset] if self.random.random() < 0.6 else self.random.randint(1, self.contacts)
            company = self.company(contact)
            unresolved = status in ("open", "pending")
            updated = min(self.now - 1000, created + int(self.random.expovariate(1 / (4 * DAY))) + 60_000)
            agent = self.agent(self.random.randrange(self.agents)) if self.random.random() < 0.9 else None
            mine = self.random.sample(TAGS, self.random.choice((0, 0, 0, 1, 1, 2)))
            subject = " ".join(self.vocabulary.text(SUBJECT)).capitalize()
            description = " ".join(self.vocabulary.text(MESSAGE))
            messages = min(40, int(self.random.expovariate(1 / (THREAD - 0.42))) + (self.random.random() < 0.9))
            solved = None if unresolved else updated
            rated = self.random.random() < 0.05
            tickets.append((
                self.connection, number, subject, status, status_code, priorities[offset][0], source, source_code, types[offset][0],
                json.dumps(mine), contact, agent, number % 8 + 1, company, created, updated, created + 2 * DAY if unresolved else None,
                created + 3_600_000, solved, solved if status == "closed" else None, updated if status == "open" else None, 0, 1, 1, 0, 0,
                company if company % 4 else None, "exact_domain" if company % 4 else None, 1.0 if company % 4 else None,
                103 if rated else None, messages, updated, self.now))
            bodies.append((self.connection, number, f"<div>{description}</div>", description, "{}", "[]", f'{{"id":{number}}}'))
            tags += [(self.connection, tag, number) for tag in mine]
            thread = []
            for position in range(messages):
                text = " ".join(self.vocabulary.text(MESSAGE))
                thread.append(text)
                at = created + (updated - created) * (position + 1) // (messages + 1)
                incoming = position % 2
                threads.append((
                    self.connection, number, number * 50 + position, "reply" if incoming else "agent_reply", incoming, 0,
                    contact if incoming else agent, f"contact{contact}@company{company}.example" if incoming else None, "[]", "[]", at, at,
                    "[]", f"<div>{text}</div>", text, f'{{"id":{number * 50 + position}}}'))
            search.append((
                self.connection, number, f"w{self.workspace}c{self.connection}", f"{number} {subject.lower()} {description}",
                f"contact {contact} contact{contact} company{company} example", " ".join(thread)))
        self.insert(
            "tickets",
            ("connection_id", "id", "subject", "status", "status_code", "priority", "source", "source_code", "type", "tags",
             "requester_id", "agent_id", "group_id", "company_id", "created_at", "updated_at", "due_by", "first_responded_at",
             "resolved_at", "closed_at", "waiting_since", "is_escalated", "has_stats", "is_live", "is_deleted", "is_spam", "account_id",
             "match_layer", "match_confidence", "rating", "conversation_count", "thread_version", "thread_read_at"), tickets)
        self.insert(
            "ticket_bodies",
            ("connection_id", "ticket_id", "description_html", "description_text", "custom_fields", "attachments", "raw"), bodies)
        self.insert("ticket_tags", ("connection_id", "tag", "ticket_id"), tags)
        self.insert("ticket_search", ("connection_id", "ticket_id", "scope", "ticket", "requester", "thread"), search)
        self.insert(
            "conversations",
            ("connection_id", "ticket_id", "id", "kind", "is_incoming", "is_private", "user_id", "from_email", "to_emails", "cc_emails",
             "created_at", "updated_at", "attachments", "body_html", "body_text", "raw"), threads)
        return len(threads)
