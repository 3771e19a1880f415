"""Asks Larry the own question set over the API and scores him against the reference; `make eval-larry` runs it.

Usage: evaluate.py CLYNTO [--publish] [--family NAME] [--every N] [--tickets N] [--model KIND URL NAME]… [--same]

Each model is asked through a server of its own over the same rows; so is the one that CLYNTO_LLM_URL and its companions name. `--every`
takes each Nth question of a family. Beside a model, questions beyond the rules are asked too, which every model's reader is given.
`--same` fails when an answer with a model is not the rules' own, when one of those questions did not reach it, or when the model was never
asked anything.
"""

import datetime as dt
import json
import os
import re
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from baselines import first_hundred, keywords  # noqa: E402
from beyond import beyond  # noqa: E402
from judge import REFUSALS, Want  # noqa: E402,F401
from questions import everything  # noqa: E402
from reference import Reference  # noqa: E402
from tracing import untraced  # noqa: E402
from world import NOW, World  # noqa: E402

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
DOCUMENT = os.path.join(ROOT, "docs", "larry.md")
BEGIN, END = "<!-- evaluation: begin -->", "<!-- evaluation: end -->"


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0


def timeless(value):
    """Without the times of day that rolling windows begin at: the clock runs on between two ways of answering."""
    return json.loads(re.sub(r"[T ]\d\d(:|%3A)\d\d((:|%3A)\d\d)?( ?UTC|Z)", " now", json.dumps(value)))


class Score:
    """What one way of answering made of the set."""

    def __init__(self, name):
        self.name = name
        self.families, self.misses, self.times, self.answers = [], [], [], []
        # Answers of the model, and its failures to give one; questions that were handed to its reader.
        self.requests = self.reached = 0
        self.wrong = self.refusals_right = self.refusals_asked = self.traced = self.asked = self.by_model = 0

    @property
    def right(self):
        return sum(right for _, right, _ in self.families)

    def take(self, family, right, count):
        self.families.append((family, right, count))

    def judge(self, family, turns, want, answer, trace, ref):
        faults = want.faults(answer)
        self.asked += 1
        self.by_model += answer["model"] != "rules"
        self.reached += bool(trace.get("calls"))
        said = untraced(answer, " ".join(turns), trace, ref)
        self.traced += not said
        if said:
            faults = faults + [f"nothing shows {sorted(said)}"]
        if "answered" not in want.statuses:
            self.refusals_asked += 1
            self.refusals_right += not faults
            # Any figure where there is none to give is a wrong one.
            self.wrong += answer["status"] == "answered"
        if faults:
            self.misses.append((family, " → ".join(turns), faults, answer))
        # What has to be the same whoever reads the question: all but the thread, and when it was.
        self.answers.append((turns, timeless({key: value for key, value in answer.items() if key not in ("thread_id", "as_of")})))
        return not faults


def chosen(ref, only, every, besides_model=False):
    for name, questions in everything(ref):
        if only and only.lower() not in name.lower():
            continue
        yield name, questions[::every]
    if besides_model:
        yield "Beyond the rules", [(turns, Want(statuses=REFUSALS)) for turns, _ in beyond(ref)]


def ask_set(world, ref, name, only, every, besides_model=False):
    score = Score(name)
    for family, questions in chosen(ref, only, every, besides_model):
        right = 0
        for turns, want in questions:
            thread, answer = None, None
            for turn in turns:
                answer, spent = world.ask(turn, thread)
                thread = answer["thread_id"]
                score.times.append(spent)
            trace = ref.rows("SELECT trace FROM larry_turns WHERE thread = ? ORDER BY id DESC LIMIT 1", thread)
            right += score.judge(family, turns, want, answer, json.loads(trace[0][0]) if trace else {}, ref)
        score.take(family, right, len(questions))
    return score


def examine(world, ref, longest=900):
    """Has the model sit its examination, which goes on behind the first question that could need it."""
    limit = time.monotonic() + longest
    while time.monotonic() < limit:
        answer, _ = world.ask("How many gnarly tickets are there?")
        trace = ref.rows("SELECT trace FROM larry_turns WHERE thread = ? ORDER BY id DESC LIMIT 1", answer["thread_id"])
        if not any("still being examined" in call for call in json.loads(trace[0][0])["calls"]):
            return
    raise SystemExit("The model's examination took too long.")


def ask_baseline(ref, name, answer, only, every, besides_model):
    score = Score(name)
    for family, questions in chosen(ref, only, every, besides_model):
        score.take(family, sum(not want.faults(answer(ref, turns[-1])) for turns, want in questions), len(questions))
    return score


def run(clynto, only=None, every=1, models=(), tickets=2000):
    """The rules' score, each model's, and the baselines'."""
    now = dt.datetime.fromisoformat(NOW.replace("Z", "+00:00"))
    with World(clynto, tickets) as world:
        ref = Reference(world.database, now)
        rules = ask_set(world, ref, "Larry by rules", only, every, bool(models))
        others = []
        for kind, url, model in models:
            world.serve_again({"CLYNTO_LLM_KIND": kind, "CLYNTO_LLM_URL": url, "CLYNTO_LLM_MODEL": model, "CLYNTO_LOG_LEVEL": "debug"})
            examine(world, ref)
            others.append(ask_set(world, ref, f"with {model} ({kind})", only, every, True))
            others[-1].requests = world.logged("The language model ")
        baselines = [
            ask_baseline(ref, "keyword matching", keywords, only, every, bool(models)),
            ask_baseline(ref, "first 100 tickets", first_hundred, only, every, bool(models))]
        return rules, others, baselines, world.tickets


def report(rules, others, baselines, tickets):
    ways = [rules, *others, *baselines]
    lines = ["| family | questions | " + " | ".join(way.name for way in ways) + " |", "| --- | ---: |" + " ---: |" * len(ways)]
    for place, (family, _, count) in enumerate(rules.families):
        lines.append(f"| {family} | {count} | " + " | ".join(str(way.families[place][1]) for way in ways) + " |")
    count = sum(number for _, _, number in rules.families)
    sums = [f"{way.right} ({100 * way.right / max(1, count):.1f} %)" for way in ways]
    sums[0] = f"**{sums[0]}**"
    lines += [f"| **all** | {count} | " + " | ".join(sums) + " |", ""]
    for way in [rules, *others]:
        opening = "" if way is rules else f"{way.name[0].upper()}{way.name[1:]}: "
        lines += [
            f"- {opening}Figures given where there is no answer: {way.wrong}.",
            f"- {opening}Refusals and questions back where they are right: {way.refusals_right} of {way.refusals_asked}.",
            f"- {opening}Answers whose numbers are all traced: {way.traced} of {way.asked}.",
            f"- {opening}Time over HTTP with {tickets:,} tickets: p50 {quantile(way.times, 0.5):.0f} ms, p95 {quantile(way.times, 0.95):.0f} ms."]
        if way is not rules:
            lines.append(
                f"- {opening}Requests to the model: {way.requests}. Questions handed to its reader: {way.reached}. Questions whose query it "
                f"chose: {way.by_model}. Answers that are not the rules' own: {len(differences(rules, way))} of {way.asked}.")
    return "\n".join(lines)


def differences(rules, other):
    return [turns for (turns, answer), (_, theirs) in zip(rules.answers, other.answers) if answer != theirs]


def publish(text):
    with open(DOCUMENT, encoding="utf-8") as file:
        document = file.read()
    before, rest = document.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    with open(DOCUMENT, "w", encoding="utf-8") as file:
        file.write(f"{before}{BEGIN}\n{text}\n{END}{after}")


def configured():
    """The model that the environment names, as the program itself would read it."""
    found = [os.environ.get("CLYNTO_LLM_" + name) for name in ("KIND", "URL", "MODEL")]
    return [(found[0] or "openai", found[1], found[2])] if found[1] and found[2] else []


def main():
    arguments = sys.argv[1:]
    only = arguments[arguments.index("--family") + 1] if "--family" in arguments else None
    every = int(arguments[arguments.index("--every") + 1]) if "--every" in arguments else 1
    tickets = int(arguments[arguments.index("--tickets") + 1]) if "--tickets" in arguments else 2000
    models = configured() + [tuple(arguments[place + 1:place + 4]) for place, word in enumerate(arguments) if word == "--model"]
    rules, others, baselines, tickets = run(arguments[0], only, every, models, tickets)
    for way in [rules, *others]:
        for name, question, faults, answer in way.misses:
            print(f"[{way.name}: {name}] {question}\n    {'; '.join(faults)}\n    said: {answer['status']}: {answer['answer'][:200]}\n"
                  f"    read: {answer['explanation'][:6]}")
    text = report(rules, others, baselines, tickets)
    print(text)
    if "--publish" in arguments:
        publish(text)
    score = 100 * rules.right / max(1, rules.asked)
    if only is None and every == 1 and (score < 92 or rules.wrong or rules.traced < rules.asked):
        raise SystemExit(f"Below the bar: {score:.1f} % right, {rules.wrong} wrong figures, {rules.traced} of {rules.asked} traced.")
    for way in others:
        if way.right < rules.right or way.wrong or way.traced < way.asked:
            raise SystemExit(f"{way.name}: {way.right} right, the rules alone {rules.right}; {way.wrong} wrong figures.")
        if "--same" in arguments and (different := differences(rules, way)):
            raise SystemExit(f"{way.name}: not the rules' answer to {different[:5]}")
        if "--same" in arguments and way.requests == 0:
            raise SystemExit(f"{way.name}: the model was never asked.")
        wanted = next(count for family, _, count in way.families if family == "Beyond the rules")
        if "--same" in arguments and way.reached < wanted:
            raise SystemExit(f"{way.name}: only {way.reached} questions reached its reader, of {wanted} beyond the rules.")
    if others and "--same" in arguments:
        print(f"{len(others) * rules.asked} passed, 0 failed")


if __name__ == "__main__":
    main()
