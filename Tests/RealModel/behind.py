"""Behind the examination: what becomes of a real model's answers once it is given every question that the rules do not understand.

Usage: behind.py CLYNTO ADDRESS [--tickets N]

The examination is sat for it, so that nothing stands between a model that is nearly always wrong and the reader. What must hold then:
it is truly asked; what the rules understand stays the rules' answer; a query that it chose has every part the rules understood in it; every number
is traced; and nothing that is refused without it is answered with it.
"""

import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Benchmarks", "larry"))

from beyond import beyond, known  # noqa: E402
from front import Front  # noqa: E402
from reference import Reference  # noqa: E402
from tracing import untraced  # noqa: E402
from world import NOW, World  # noqa: E402


def given(ref):
    """A dozen of the questions beyond the rules, every follow-up among them: each costs a slow model up to twenty seconds."""
    questions = beyond(ref)
    return [question for question in questions if len(question[0]) == 1][::2] + [question for question in questions if len(question[0]) > 1]


def ask(world, ref, turns):
    thread, answer = None, None
    for turn in turns:
        answer, _ = world.ask(turn, thread)
        thread = answer["thread_id"]
    trace = ref.rows("SELECT trace FROM larry_turns WHERE thread = ? ORDER BY id DESC LIMIT 1", thread)
    return answer, json.loads(trace[0][0])


def faults(world, ref, front, rules):
    """What went wrong, and how many questions came to a query of the model's."""
    found, chosen = [], 0
    for turns in known(ref):
        before = front.asked
        answer, _ = ask(world, ref, turns)
        if front.asked != before or answer["model"] != "rules" or answer["answer"] != rules[turns]["answer"]:
            found.append(f"{turns}: the rules know this one, yet: {answer['answer'][:120]}")
    for turns, parts in given(ref):
        before = front.asked
        answer, trace = ask(world, ref, turns)
        if front.asked == before:
            found.append(f"{turns}: the model was not asked ({trace['calls']})")
        if said := untraced(answer, " ".join(turns), trace, ref):
            found.append(f"{turns}: nothing shows {sorted(said)} in {answer['answer'][:120]}")
        if answer["model"] == "rules":
            if answer["status"] != rules[turns]["status"] or answer["value"] is not None:
                found.append(f"{turns}: neither the model's answer nor the rules': {answer['answer'][:120]}")
            continue
        chosen += 1
        missing = [part for part in parts if not any(part in line for line in answer["explanation"])]
        if missing:
            found.append(f"{turns}: lost {missing} in {answer['explanation']}")
    return found, chosen


def main():
    import datetime as dt

    clynto, address = sys.argv[1:3]
    tickets = int(sys.argv[sys.argv.index("--tickets") + 1]) if "--tickets" in sys.argv else 600
    now = dt.datetime.fromisoformat(NOW.replace("Z", "+00:00"))
    with World(clynto, tickets) as world:
        ref = Reference(world.database, now)
        questions = [turns for turns, _ in given(ref)] + known(ref)
        rules = {turns: ask(world, ref, turns)[0] for turns in questions}
        wrong = []
        for kind in ("openai", "anthropic"):
            front = Front(address, sits=True)
            try:
                world.serve_again({"CLYNTO_LLM_KIND": kind, "CLYNTO_LLM_URL": front.url, "CLYNTO_LLM_MODEL": "smollm2"})
                found, chosen = faults(world, ref, front, rules)
            finally:
                front.stop()
            print(
                f"{kind}: {len(given(ref))} questions beyond the rules, {front.asked} requests to the model about them; "
                f"{chosen} came to a query that held, {len(found)} faults")
            wrong += [f"{kind}: {fault}" for fault in found]
            if front.asked == 0:
                wrong.append(f"{kind}: the model was never asked")
    print("\n".join(wrong))
    if wrong:
        raise SystemExit(f"{len(wrong)} faults behind the examination")


if __name__ == "__main__":
    main()
