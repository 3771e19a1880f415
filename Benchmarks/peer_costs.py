"""What a reading by a peer costs, measured inside its own process."""

import json
import resource
import time


def measured(read):
    """Wall seconds and processor seconds of a reading, and the most resident megabytes of the process."""
    began, before = time.monotonic(), processor()
    read()
    seconds, used = time.monotonic() - began, processor() - before
    return {"seconds": seconds, "processor": used, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def processor():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def counted(path):
    """Distinct records a stream, from a file of lines with `stream` and `record`; lines of other kinds are passed over."""
    found = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            message = json.loads(line)
            if "record" in message:
                found.setdefault(message["stream"], set()).add(message["record"].get("id"))
    return {stream: len(ids) for stream, ids in found.items()}
