"""Companies per second and memory of matching, stage by stage, as accounts grow."""

import json
import subprocess

from report import Section, count, times

SIZES = {"full": [1_000, 20_000, 100_000], "quick": [1_000, 20_000]}
# What a stage's companies are, in the order in which matching asks.
STAGES = {
    "exact_domain": "exact domain",
    "normalized_domain": "cleaned domain",
    "equal_name": "equal name",
    "similar_name": "a letter missing",
    "nobody": "nobody's",
}


def run(stage):
    rows = []
    costs = {}
    for accounts in SIZES[stage.size]:
        companies = min(accounts, 20_000)
        command = [stage.clynto, "measure-matching", "--accounts", str(accounts), "--companies", str(companies)]
        measured = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        rows.append((f"Index of {count(accounts)} accounts", f"{measured['build_seconds']:.2f} s, {measured['index_mb']} MB", None))
        rows.append(("— resident memory of the process", f"{measured['resident_mb']} MB", None))
        costs[accounts] = (measured, max(measured[key]["seconds"] for key in STAGES) / companies)
        for key, words in STAGES.items():
            figures = measured[key]
            stage.say(f"{count(accounts)} accounts, {words}: {figures}")
            rows.append((f"— companies, {words}", f"{companies / max(figures['seconds'], 1e-9):,.0f} a second", None))
        if accounts == companies == 20_000:
            slowest = measured["build_seconds"] + max(measured[key]["seconds"] for key in STAGES)
            rows.append(("— 20,000 companies of the slowest kind, index included", f"{slowest:.1f} s", "under 10 s on one core"))
    for smaller, larger in zip(list(costs), list(costs)[1:]):
        (before, question), (after, later) = costs[smaller], costs[larger]
        rows.append((
            f"Growth from {count(smaller)} to {count(larger)} accounts ({times(larger / smaller)}): index, its memory, the slowest question",
            f"{times(after['build_seconds'] / before['build_seconds'])}, {times(after['index_mb'] / max(before['index_mb'], 1))}, "
            f"{times(later / question)}", None))
    return [
        Section(
            "Matching",
            "Pure matching on one core, without a database: made-up firms of two or three words with a domain each. Each line asks for "
            "as many companies as there are accounts, at most 20,000, all of one kind.",
            rows)
    ]
