"""What the right answer is, by plain SQL of its own: nothing here shares a line with the product's query builder.

Meanings are those written in docs/larry.md.
"""

import datetime as dt
import sqlite3

UTC = dt.timezone.utc


def ms(moment):
    return int(moment.timestamp() * 1000)


class Reference:
    """The synced rows of one workspace, read-only."""

    def __init__(self, path, now):
        self.now = now
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.db.execute(
            """
            CREATE TEMP VIEW tk AS SELECT t.*,
                (t.is_escalated OR t.id IN (SELECT ticket_id FROM ticket_tags WHERE lower(tag) IN ('escalated', 'escalation'))) AS escalated,
                (t.status IN ('open', 'pending') AND t.due_by IS NOT NULL AND t.due_by < %d) AS overdue
            FROM tickets t WHERE t.workspace_id = 1 AND t.is_deleted = 0 AND t.is_spam = 0 AND t.is_live = 1
            """ % ms(now))
        self.db.execute(
            """
            CREATE TEMP VIEW rt AS SELECT r.rating, r.created_at AS rated_at, tk.* FROM satisfaction_ratings r
            JOIN tk ON tk.id = r.ticket_id WHERE r.workspace_id = 1
            """.replace("r.rating,", "r.rating AS stars,"))
        self.db.execute(
            """
            CREATE TEMP VIEW cv AS SELECT v.kind, v.is_incoming, v.is_private, v.user_id, v.created_at AS sent_at, tk.account_id, tk.agent_id,
                tk.id AS ticket FROM conversations v JOIN tk ON tk.id = v.ticket_id WHERE v.workspace_id = 1
            """)
        self.accounts = dict(self.db.execute("SELECT id, name FROM accounts WHERE workspace_id = 1"))
        self.agents = dict(self.db.execute("SELECT id, name FROM agents WHERE workspace_id = 1"))
        self.groups = dict(self.db.execute("SELECT id, name FROM groups WHERE workspace_id = 1"))

    # Reading

    def one(self, sql, *values):
        return self.db.execute(sql, values).fetchone()[0]

    def rows(self, sql, *values):
        return self.db.execute(sql, values).fetchall()

    def count(self, where="1", *values, of="tk"):
        return self.one(f"SELECT COUNT(*) FROM {of} WHERE {where}", *values)

    def ids(self, where="1", *values, order="created_at DESC, id DESC", limit=None):
        sql = f"SELECT id FROM tk WHERE {where} ORDER BY {order}" + (f" LIMIT {limit}" if limit else "")
        return [row[0] for row in self.rows(sql, *values)]

    def groups_by(self, column, where="1", *values, of="tk", none=False):
        found = self.rows(f"SELECT {column}, COUNT(*) FROM {of} WHERE {where} GROUP BY {column}", *values)
        return {key: count for key, count in found if key is not None or none}

    def top(self, column, where="1", *values, lowest=False):
        counts = self.groups_by(column, where, *values)
        if not counts:
            return [], None
        best = (min if lowest else max)(counts.values())
        return sorted(key for key, count in counts.items() if count == best), best

    def median(self, expression, where="1", *values):
        found = sorted(row[0] for row in self.rows(f"SELECT {expression} FROM tk WHERE ({where}) AND ({expression}) IS NOT NULL", *values))
        if not found:
            return None
        middle = len(found) // 2
        return (found[middle] if len(found) % 2 else (found[middle - 1] + found[middle]) / 2) / 1000

    def average(self, expression, where="1", *values):
        value = self.one(f"SELECT AVG({expression}) FROM tk WHERE ({where}) AND ({expression}) IS NOT NULL", *values)
        return None if value is None else value / 1000

    def csat(self, where="1", *values):
        total = self.one(f"SELECT COUNT(*) FROM rt WHERE {where}", *values)
        if total == 0:
            return None
        return 100 * self.one(f"SELECT COUNT(*) FROM rt WHERE ({where}) AND stars > 100", *values) / total

    # Time

    def back(self, **amount):
        """A rolling window up to now."""
        if "months" in amount:
            return self._months_back(amount["months"])
        return ms(self.now - dt.timedelta(**amount))

    def _months_back(self, months):
        count = self.now.year * 12 + self.now.month - 1 - months
        year, month = divmod(count, 12)
        last = (self.month(year, month + 1)[1] // 1000 - 1)
        day = min(self.now.day, dt.datetime.fromtimestamp(last, UTC).day)
        return ms(self.now.replace(year=year, month=month + 1, day=day))

    def day(self, offset=0):
        start = self.now.replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=offset)
        return ms(start), ms(start + dt.timedelta(days=1))

    def date(self, year, month, day):
        start = dt.datetime(year, month, day, tzinfo=UTC)
        return ms(start), ms(start + dt.timedelta(days=1))

    def week(self, offset=0):
        start = self.now.replace(hour=0, minute=0, second=0, microsecond=0)
        start -= dt.timedelta(days=start.weekday())
        start += dt.timedelta(weeks=offset)
        return ms(start), ms(start + dt.timedelta(weeks=1))

    def month(self, year, month):
        start = dt.datetime(year, month, 1, tzinfo=UTC)
        end = dt.datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
        return ms(start), ms(end)

    def months(self, offset):
        count = self.now.year * 12 + self.now.month - 1 + offset
        return self.month(count // 12, count % 12 + 1)

    def quarter(self, year, number):
        return self.month(year, 3 * number - 2)[0], self.month(year, 3 * number)[1]

    def year(self, year):
        return self.month(year, 1)[0], self.month(year, 12)[1]
