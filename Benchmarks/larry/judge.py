"""Compares an answer with what is right."""

REFUSALS = {"unsupported", "off_domain", "refused", "not_found", "clarify", "help", "no_data"}


class Want:
    """What an answer must be; None is not looked at."""

    def __init__(self, status="answered", value=None, tickets=None, agents=None, accounts=None, rows=None, text=None, ordered=False, unit=None,
                 statuses=None):
        self.statuses = statuses or {status}
        self.value, self.tickets, self.agents, self.accounts = value, tickets, agents, accounts
        self.rows, self.text, self.ordered, self.unit = rows, text, ordered, unit

    def faults(self, answer):
        faults = []
        if answer["status"] not in self.statuses:
            faults.append(f"status {answer['status']}, wanted {'/'.join(sorted(self.statuses))}")
        if self.value is not None and not near(answer["value"], self.value):
            faults.append(f"value {answer['value']}, wanted {self.value}")
        if self.unit is not None and answer["unit"] != self.unit:
            faults.append(f"unit {answer['unit']}, wanted {self.unit}")
        for name in ("tickets", "agents", "accounts"):
            wanted = getattr(self, name)
            if wanted is None:
                continue
            got = answer[name]
            same = got == wanted[: len(got)] and len(got) == min(len(wanted), 200) if self.ordered else set(got) == set(wanted)
            if not same and not (len(wanted) > 200 and set(got) <= set(wanted) and len(got) == 200):
                faults.append(f"{name} {got[:6]}, wanted {wanted[:6]}")
        if self.rows is not None:
            got = {row["key"]: row["value"] for row in answer["rows"] or []}
            wanted = {key: value for key, value in self.rows.items()}
            if set(got) != set(wanted) or any(not near(got[key], wanted[key]) for key in wanted):
                faults.append(f"rows {dict(list(got.items())[:4])}, wanted {dict(list(wanted.items())[:4])}")
        for piece in self.text or []:
            if piece not in answer["answer"]:
                faults.append(f"text lacks {piece!r}")
        return faults


def near(got, wanted):
    if got is None or wanted is None:
        return got == wanted
    return abs(got - wanted) <= max(0.01, abs(wanted) * 1e-4)
