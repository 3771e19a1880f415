"""What simpler ways would score on the same questions: matching keywords, and reading only the first 100 tickets."""

import re

STATUS = {"open": "open", "pending": "pending", "resolved": "resolved", "closed": "closed"}
PRIORITY = {"low": 1, "medium": 2, "high": 3, "urgent": 4}


def answer(status="answered", **parts):
    base = {"status": status, "answer": "", "value": None, "unit": None, "rows": None, "tickets": [], "agents": [], "accounts": []}
    return {**base, **parts}


def keywords(ref, question, rows="tk"):
    """Status, priority and account by their words; a count, or a list where it asks to see them. Nothing is ever refused."""
    text = question.lower()
    where, values = ["1"], []
    for word, status in STATUS.items():
        if re.search(rf"\b{word}\b", text):
            where.append("status=?")
            values.append(status)
    for word, code in PRIORITY.items():
        if re.search(rf"\b{word}\b", text):
            where.append("priority=?")
            values.append(code)
    for column, names in (("account_id", ref.accounts), ("agent_id", ref.agents)):
        for key, name in names.items():
            if name.lower() in text:
                where.append(f"{column}=?")
                values.append(key)
                break
    if found := re.search(r"last (\d+) days", text):
        where.append("created_at>=?")
        values.append(ref.back(days=int(found[1])))
    ids = [row[0] for row in ref.rows(f"SELECT id FROM {rows} WHERE {' AND '.join(where)} ORDER BY created_at DESC, id DESC", *values)]
    if re.search(r"\b(show|list|which tickets|what tickets|last|latest|newest)\b", text):
        return answer(value=len(ids), tickets=ids[:1] if re.search(r"\b(last|latest|newest)\b", text) else ids)
    return answer(value=len(ids))


def first_hundred(ref, question):
    """The best that can be done from 100 pasted tickets: the same reading, over those rows alone."""
    ref.db.execute("CREATE TEMP VIEW IF NOT EXISTS pasted AS SELECT * FROM tk ORDER BY updated_at DESC LIMIT 100")
    return keywords(ref, question, rows="pasted")
