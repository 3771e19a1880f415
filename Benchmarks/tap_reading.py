"""Runs tap-freshdesk against a portal with the streams that Clynto reads, too; prints what it cost and records a stream as JSON.

Runs in the virtual environment of the tap. Starting the interpreter and loading the tap are not counted. Left out, in the tap's
favour: roles and time entries, which Clynto does not read, satisfaction ratings, which the tap asks for ticket by ticket and cannot
read, its log, and storing: its records go to a file. What one reading leaves as state is kept in a file for the next, where one is
named.
"""

import contextlib
import json
import logging
import os
import sys

import singer
from peer_costs import counted, measured
from tap_freshdesk.client import Client
from tap_freshdesk.discover import discover
from tap_freshdesk.sync import sync

STREAMS = {"agents", "companies", "contacts", "conversations", "groups", "tickets"}
START = "2000-01-01T00:00:00Z"


def main(url, key, subdomain, path, state_path=None):
    logging.disable(logging.WARNING)
    config = {"api_key": key, "domain": subdomain, "start_date": START, "user_agent": "benchmark"}
    catalog = discover()
    for stream in catalog.streams:
        for entry in stream.metadata:
            is_stream = entry["breadcrumb"] in ((), [])
            entry["metadata"]["selected"] = stream.stream in STREAMS if is_stream else True
    client = Client(config)
    # The only change to the tap: where the portal is.
    client.base_url = url + "/api/v2"
    state = {}
    if state_path and os.path.exists(state_path):
        with open(state_path, encoding="utf-8") as file:
            state = json.load(file)

    def read():
        with client:
            sync(client=client, config=config, catalog=singer.Catalog.from_dict(catalog.to_dict()), state=state)

    with open(path, "w", encoding="utf-8") as output, contextlib.redirect_stdout(output):
        cost = measured(read)
    if state_path:
        keep_state(path, state_path)
    print(json.dumps(cost | {"records": counted(path)}))


def keep_state(path, state_path):
    """The last state that the tap wrote among its records."""
    with open(path, encoding="utf-8") as lines:
        states = [message["value"] for message in map(json.loads, lines) if message["type"] == "STATE"]
    if states:
        with open(state_path, "w", encoding="utf-8") as file:
            json.dump(states[-1], file)


if __name__ == "__main__":
    main(*sys.argv[1:6])
