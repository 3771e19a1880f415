"""Reads every stream of python-freshdesk from a local portal and compares the counts with the portal's own truth."""

import json
import sys
import urllib.request

from freshdesk.api import API

EPOCH = "1970-01-01T00:00:00Z"


def main(url, key):
    api = API("demo.freshdesk.com", key)
    # The only change to the client: where the portal is.
    api._api_prefix = url + "/api/v2/"
    truth = json.load(urllib.request.urlopen(url + "/_sandbox/dump"))
    failures = []

    def check(name, found, wanted):
        mark = "ok" if found == wanted else "WRONG"
        print(f"  {name}: {short(found)} of {short(wanted)} {mark}")
        if found != wanted:
            failures.append(name)

    me = api.agents.currently_authenticated_agent()
    check("me", me.id in [agent["id"] for agent in truth["agents"]], True)
    check("agents", len(api.agents.list_agents()), len(truth["agents"]))
    check("agent", api.agents.get_agent(me.id).id, me.id)
    groups = api.groups.list_groups()
    check("groups", len(groups), len(truth["groups"]))
    check("group members", sorted(api.groups.get_group(groups[0].id).agent_ids), members(truth, groups[0].id))
    roles = api.roles.list_roles()
    check("role", api.roles.get_role(roles[0].id).id, roles[0].id)
    companies = api.companies.list_companies()
    check("companies", sorted(c.id for c in companies), sorted(c["id"] for c in truth["companies"]))
    check("company", api.companies.get_company(companies[0].id).name, companies[0].name)
    domain = next(c for c in truth["companies"] if c["domains"])
    found = api.companies.filter_companies("domain:'%s'" % domain["domains"][0])
    check("company by domain", domain["id"] in [c.id for c in found], True)
    contacts = api.contacts.list_contacts()
    check("contacts", sorted(c.id for c in contacts), sorted(c["id"] for c in truth["contacts"]))
    check("contacts since", len(api.contacts.list_contacts(_updated_since=EPOCH)), len(truth["contacts"]))
    check("blocked contacts", len(api.contacts.list_contacts(state="blocked")), len(truth["blocked_contact_ids"]))
    check("contact", api.contacts.get_contact(contacts[0].id).name, contacts[0].name)
    check("fields", len(api.ticket_fields.list_ticket_fields()) > 10, True)

    tickets = api.tickets.list_tickets(filter_name=None, updated_since=EPOCH)
    check("tickets", sorted(t.id for t in tickets), sorted(t["id"] for t in truth["tickets"]))
    check("statuses", sum(1 for t in tickets if t.status == "open"), count(truth, 2))
    check("deleted tickets", len(api.tickets.list_deleted_tickets()), len(truth["trashed_ticket_ids"]))
    api.tickets.list_new_and_my_open_tickets()
    api.tickets.list_watched_tickets()
    pending = api.tickets.filter_tickets("status:3 OR status:6")
    check("search", len(pending), min(300, count(truth, 3) + count(truth, 6)))
    for row in truth["tickets"][-60:]:
        ticket = api.tickets.get_ticket(row["id"], "stats", "conversations", "requester", "company")
        if ticket.updated_at.strftime("%Y-%m-%dT%H:%M:%SZ") != row["updated_at"]:
            failures.append(f"ticket {row['id']}")
        comments = api.comments.list_comments(row["id"])
        if [c.id for c in comments] != [c["id"] for c in row["conversations"]]:
            failures.append(f"comments of {row['id']}")
        api.time_entries.list_time_entries(row["id"])
    check("views and comments of sixty tickets", True, True)
    api.time_entries.list_time_entries()
    for category in api.solutions.categories.list_categories():
        for folder in api.solutions.folders.list_from_category(category.id):
            check("articles", len(api.solutions.articles.list_from_folder(folder.id)), 1)
    for failure in failures:
        print(f"  {failure} failed", file=sys.stderr)
    return 1 if failures else 0


def short(value):
    return len(value) if isinstance(value, list) else value


def members(truth, group_id):
    return sorted(agent["id"] for agent in truth["agents"] if group_id in agent["group_ids"])


def count(truth, status):
    return sum(1 for ticket in truth["tickets"] if ticket["status"] == status)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
