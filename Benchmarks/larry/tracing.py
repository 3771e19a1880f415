"""Whether every number of a sentence stands in the data behind it: written apart from the product's verifier.

What may be said is put together from the API's object, the stored trace and the tickets themselves, each figure as answers write it.
"""

import datetime as dt
import json
import re

SILENT = {"not_found", "clarify", "refused", "unsupported", "off_domain", "help"}


def numbers(text):
    found = set()
    for piece in re.findall(r"\d[\d,.]*", text):
        piece = piece.strip(".,").replace(",", "")
        if "." in piece:
            piece = piece.rstrip("0").rstrip(".")
        found.add(piece.lstrip("0") or "0" if "." not in piece else piece)
    return found


def decimal(value):
    tenths = int(abs(value) * 10 + 0.5)
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"


def duration(seconds):
    if seconds < 60:
        return decimal(int(seconds + 0.5))
    if seconds < 3600:
        return decimal(int(seconds / 60 + 0.5))
    return decimal(seconds / 3600 if seconds < 2 * 86400 else seconds / 86400)


def written(value, unit):
    """A figure of this unit as sentences have it."""
    if value is None:
        return set()
    text = duration(value) if unit == "seconds" else decimal(value) if unit == "percent" else str(int(abs(value) + 0.5))
    return numbers(text)


def moments(row):
    for value in row:
        if value is not None:
            at = dt.datetime.fromtimestamp(value / 1000, dt.timezone.utc)
            yield f"{at.day} {at.year} {at:%H} {at:%M}"


def untraced(answer, question, trace, ref):
    """The numbers of the sentence that nothing shows."""
    if answer["status"] in SILENT:
        return set()
    text = answer["answer"]
    known = numbers(question) | numbers(" ".join(answer["explanation"])) | numbers(json.dumps(answer["query"] or {}))
    rows, query = answer["rows"] or [], answer["query"] or {}
    unit = {"satisfaction": "percent", "rows": answer["unit"]}.get(query.get("measure", "rows"), "seconds")
    known |= written(answer["value"], answer["unit"] or unit)
    sample = trace.get("rowsRead") or 0
    known |= {str(sample)} | {str(number) for number in trace.get("samples") or []}
    for row in rows:
        known |= written(row["value"], unit if unit in {"seconds", "percent"} else "tickets") | numbers(row["key"])
        text = text.replace(row["key"], " ")
    values = [row["value"] for row in rows if row["value"] is not None]
    if len(values) == 2:
        known |= written(abs(values[0] - values[1]), unit)
    if query.get("operation") == "share" and answer["value"] is not None:
        known |= {str(round(sample * answer["value"] / 100))}
    # Lists and groups are cut: how many are shown, and how many are not.
    known |= {str(len(answer["tickets"])), "10"} | {str(int(answer["value"] or 0) - 5), str(len(rows) - 5)}
    for ticket in answer["tickets"] or re.findall(r"ticket (\d+)", text):
        found = ref.rows("SELECT subject, created_at, updated_at, due_by, resolved_at FROM tk WHERE id = ?", ticket)
        for subject, *times in found:
            text = text.replace(f"“{subject}”", " ")
            known |= {str(ticket)} | numbers(" ".join(moments(times)))
    for (name,) in ref.rows("SELECT name FROM accounts UNION SELECT name FROM agents UNION SELECT name FROM groups"):
        text = text.replace(name, " ")
    # The window's beginning, which the caveat names.
    if answer["coverage"]["from"]:
        known |= numbers(answer["coverage"]["from"].replace("-", " "))
    return numbers(text) - known
