"""Questions with words that no rule knows: the ones a language model is given.

The rules ask back, naming those words. What they did understand of each has to stand in whatever query a model chooses.
"""


def names(ref):
    accounts = [ref.accounts[key] for key in sorted(ref.groups_by("account_id"), key=lambda key: (-ref.groups_by("account_id")[key], key))[:2]]
    agents = [ref.agents[key] for key in sorted(ref.groups_by("agent_id"), key=lambda key: (-ref.groups_by("agent_id")[key], key)) if key in ref.agents][:2]
    return accounts, agents


def beyond(ref):
    """(turns, parts of the interpretation that must stay)."""
    (a, b), (p, _) = names(ref)
    return [
        (("How many gnarly tickets are there?",), []),
        ((f"How many gnarly tickets does {a} have?",), [f"Account is {a}"]),
        ((f"How many thorny open tickets does {b} have?",), [f"Account is {b}", "Status is open"]),
        (("How many hairy urgent tickets are unassigned?",), ["Agent is none", "Priority is urgent"]),
        ((f"Show the knottiest tickets of {a}",), [f"Account is {a}"]),
        ((f"Which whiny tickets are assigned to {p}?",), [f"Agent is {p}"]),
        (("How many dodgy tickets came in by phone?",), ["Source is phone"]),
        (("Which accounts filed ghastly tickets last month?",), ["Created last month"]),
        (("How many bonkers tickets were created in the last 30 days?",), ["Created in the last 30 days"]),
        (("How many iffy escalated tickets are there?",), ["Is escalated"]),
        (("How many wonky tickets are pending?",), ["Status is pending"]),
        (("How many fishy high priority tickets are overdue?",), ["Priority is high", "past its due date"]),
        ((f"How many soggy tickets did {b} open this year?",), [f"Account is {b}", "Created this year"]),
        (("Who has the most jumbled unresolved tickets?",), ["Status is open or pending"]),
        (("How many frantic tickets have no account?",), ["Belongs to no account"]),
        (("How many muddled tickets were resolved last week?",), ["Resolved last week"]),
        (("How many clunky tickets are unanswered?",), ["Has no first response"]),
        ((f"How many open tickets does {a} have?", "and the gnarly ones?"), [f"Account is {a}", "Status is open"]),
        (("How many urgent tickets are open?", "and gnarly unassigned ones?"), ["Priority is urgent", "Agent is none"]),
        (("How many tickets are there?", f"How many wobbly tickets does {b} have?"), [f"Account is {b}"]),
    ]


def known(ref):
    """Questions of which the rules know every word: no model is ever given them."""
    (a, _), (p, _) = names(ref)
    return [
        (f"How many open tickets does {a} have?",), ("Which accounts have urgent tickets?",), (f"How many tickets are assigned to {p}?",),
        ("What's the weather in Paris?",), ("Close all tickets",), ("How many tickets were reopened?",),
    ]
