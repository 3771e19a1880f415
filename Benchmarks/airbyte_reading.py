"""Runs airbyte-source-freshdesk against a portal with the streams that Clynto reads, too; prints what it cost as JSON.

Runs in the virtual environment of the connector. Starting the interpreter and loading the connector are not counted. Left out, in
its favour: everything Clynto does not read, its throttle, its log, and storing: its records go to a file. What one reading leaves as
state is kept in a file for the next.
"""

import dataclasses
import json
import logging
import os
import sys

from peer_costs import counted, measured


def hashable(make):
    """Makes dataclasses that can be hashed by what they are."""
    def made(cls, *arguments, **options):
        cls = make(cls, *arguments, **options)
        if cls.__hash__ is None:
            cls.__hash__ = object.__hash__
        return cls
    return made


# The connector allows Python 3.11, but the kit it is built on uses dataclasses as defaults of others, which 3.11 refuses unless they
# can be hashed. Nothing of what it does changes.
dataclasses._process_class = hashable(dataclasses._process_class)

from airbyte_cdk.models import ConfiguredAirbyteCatalog, SyncMode, Type
from airbyte_cdk.sources.declarative.requesters.http_requester import HttpRequester
from source_freshdesk import SourceFreshdesk

STREAMS = {"agents", "companies", "contacts", "conversations", "groups", "tickets", "satisfaction_ratings", "ticket_fields"}
START = "2000-01-01T00:00:00Z"


def main(url, key, subdomain, path, state_path):
    logging.disable(logging.WARNING)
    config = {"api_key": key, "domain": f"{subdomain}.freshdesk.com", "start_date": START}
    # The only changes to the connector: where the portal is, and that it is asked over plain HTTP.
    HttpRequester.get_url_base = lambda *_, **__: f"{url}/api/v2/"
    source = SourceFreshdesk()
    log = logging.getLogger("airbyte")
    streams = [s for s in source.discover(log, config).streams if s.name in STREAMS]
    catalog = ConfiguredAirbyteCatalog.parse_obj({"streams": [configured(stream) for stream in streams]})
    state = source.read_state(state_path) if os.path.exists(state_path) else []
    left = {}

    def read(output):
        for message in source.read(log, config, catalog, state):
            if message.type == Type.RECORD:
                output.write(json.dumps({"stream": message.record.stream, "record": message.record.data}) + "\n")
            elif message.type == Type.STATE:
                left[message.state.stream.stream_descriptor.name] = json.loads(message.state.json(exclude_unset=True))

    with open(path, "w", encoding="utf-8") as output:
        cost = measured(lambda: read(output))
    with open(state_path, "w", encoding="utf-8") as file:
        json.dump(list(left.values()), file)
    print(json.dumps(cost | {"records": counted(path)}))


def configured(stream):
    modes = [mode.value for mode in stream.supported_sync_modes]
    mode = SyncMode.incremental.value if SyncMode.incremental.value in modes else SyncMode.full_refresh.value
    return {
        "stream": {"name": stream.name, "json_schema": stream.json_schema, "supported_sync_modes": modes,
                   "default_cursor_field": stream.default_cursor_field or []},
        "sync_mode": mode, "destination_sync_mode": "overwrite", "cursor_field": stream.default_cursor_field or []}


if __name__ == "__main__":
    main(*sys.argv[1:6])
