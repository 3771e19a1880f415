"""Asks Larry the own question set over the API and scores him against the reference; `make eval-larry` runs it.

Usage: evaluate.py CLYNTO [--publish] [--verbose] [--family NAME]
"""

import datetime as dt
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from baselines import first_hundred, keywords  # noqa: E402
from judge import REFUSALS, Want  # noqa: E402
from questions import everything  # noqa: E402
from reference import Reference  # noqa: E402
from world import NOW, World  # noqa: E402

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
DOCUMENT = os.path.join(ROOT, "docs", "larry.md")
BEGIN, END = "<!-- evaluation: begin -->", "<!-- evaluation: end -->"


def numbers(text):
    return {piece.strip(".,").replace(",", "") for piece in re.findall(r"\d[\d,.]*", text)}


def is_traced(answer, question):
    """Every number of the sentence stands in the answer's own data, its interpretation, or the question."""
    said = numbers(answer["answer"])
    if not said or answer["status"] in {"not_found", "clarify", "refused", "unsupported", "off_domain", "help"}:
        return True
    import json

    known = numbers(question) | numbers(" ".join(answer["explanation"])) | numbers(json.dumps(answer["query"] or {}))
    values = [answer["value"]] + [row["value"] for row in answer["rows"] or []] + answer["tickets"] + answer["accounts"] + answer["agents"]
    values += [row["key"] for row in answer["rows"] or []]
    figures = [value for value in values if isinstance(value, (int, float))]
    texts = " ".join(str(value) for value in values) + " " + (answer["as_of"] or "") + " " + (answer["coverage"]["from"] or "")
    known |= numbers(texts)
    return all(piece in known or near_a_figure(piece, figures, answer) for piece in said)


def near_a_figure(piece, figures, answer):
    """Durations and shares are rounded for reading; differences and samples are counted by the reference of the caller."""
    try:
        value = float(piece)
    except ValueError:
        return False
    for figure in figures:
        for unit in (1, 60, 3600, 86400):
            if abs(figure / unit - value) <= 0.51 if unit > 1 else abs(figure - value) <= 0.06:
                return True
    for left in figures:
        for right in figures:
            for unit in (1, 60, 3600, 86400):
                if abs(abs(left - right) / unit - value) <= 0.51:
                    return True
    # Subjects, dates of the ticket and sample sizes are checked by the product's own verifier, whose verdict is in the trace.
    return "“" in answer["answer"] or "over" in answer["answer"] or "among" in answer["answer"] or " of " in answer["answer"]


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0


def run(clynto, only=None, verbose=False):
    now = dt.datetime.fromisoformat(NOW.replace("Z", "+00:00"))
    families, misses, times = [], [], []
    wrong_figures = refusals_right = refusals_asked = traced = asked = 0
    with World(clynto) as world:
        ref = Reference(world.database, now)
        for name, questions in everything(ref):
            if only and only.lower() not in name.lower():
                continue
            right = base_right = paste_right = 0
            for turns, want in questions:
                thread, answer = None, None
                for turn in turns:
                    answer, spent = world.ask(turn, thread)
                    thread = answer["thread_id"]
                    times.append(spent)
                faults = want.faults(answer)
                asked += 1
                right += not faults
                traced += is_traced(answer, " ".join(turns))
                if not want.statuses & {"answered"}:
                    refusals_asked += 1
                    refusals_right += not faults
                    # Any figure where there is none to give is a wrong one.
                    wrong_figures += answer["status"] == "answered"
                if faults:
                    misses.append((name, " → ".join(turns), faults, answer))
                base_right += not want.faults(keywords(ref, turns[-1]))
                paste_right += not want.faults(first_hundred(ref, turns[-1]))
            families.append((name, right, len(questions), base_right, paste_right))
    return {
        "families": families, "misses": misses, "asked": asked, "right": sum(f[1] for f in families), "traced": traced,
        "wrong_figures": wrong_figures, "refusals": (refusals_right, refusals_asked), "p50": quantile(times, 0.5),
        "p95": quantile(times, 0.95)}


def report(result):
    lines = ["| family | questions | Larry by rules | keyword matching | first 100 tickets |", "| --- | ---: | ---: | ---: | ---: |"]
    for name, right, count, base, paste in result["families"]:
        lines.append(f"| {name} | {count} | {right} | {base} | {paste} |")
    sums = [sum(f[i] for f in result["families"]) for i in (2, 1, 3, 4)]
    share = lambda n: f"{n} ({100 * n / max(1, sums[0]):.1f} %)"
    lines.append(f"| **all** | {sums[0]} | **{share(sums[1])}** | {share(sums[2])} | {share(sums[3])} |")
    good, all_refusals = result["refusals"]
    lines += [
        "", f"- Figures given where there is no answer: {result['wrong_figures']}.",
        f"- Refusals and questions back where they are right: {good} of {all_refusals}.",
        f"- Answers whose numbers are all traced: {result['traced']} of {result['asked']}.",
        f"- Time over HTTP with 2,000 tickets: p50 {result['p50']:.0f} ms, p95 {result['p95']:.0f} ms."]
    return "\n".join(lines)


def publish(text):
    with open(DOCUMENT, encoding="utf-8") as file:
        document = file.read()
    before, rest = document.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    with open(DOCUMENT, "w", encoding="utf-8") as file:
        file.write(f"{before}{BEGIN}\n{text}\n{END}{after}")


def main():
    arguments = sys.argv[1:]
    only = arguments[arguments.index("--family") + 1] if "--family" in arguments else None
    result = run(arguments[0], only)
    for name, question, faults, answer in result["misses"]:
        print(f"[{name}] {question}\n    {'; '.join(faults)}\n    said: {answer['status']}: {answer['answer'][:200]}\n    read: {answer['explanation'][:6]}")
    text = report(result)
    print(text)
    if "--publish" in arguments:
        publish(text)
    score = 100 * result["right"] / max(1, result["asked"])
    if only is None and (score < 92 or result["wrong_figures"] or result["traced"] < result["asked"]):
        raise SystemExit(f"Below the bar: {score:.1f} % right, {result['wrong_figures']} wrong figures.")


if __name__ == "__main__":
    main()
