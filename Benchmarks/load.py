"""Load on one server: as much as it takes (wrk), a steady rate, or one request after the other."""

import http.client
import re
import statistics
import subprocess
import threading
import time
import urllib.parse

CONNECTIONS = 16


def throughput(url, seconds, headers=None, connections=CONNECTIONS):
    """Requests a second with as many connections asking as fast as they are answered."""
    arguments = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "30s"]
    for name, value in (headers or {}).items():
        arguments += ["-H", f"{name}: {value}"]
    # What the first second does to caches is not counted.
    subprocess.run([*arguments[:3], "-d1s", *arguments[4:], url], capture_output=True, timeout=60, check=True)
    output = subprocess.run([*arguments, url], capture_output=True, text=True, timeout=seconds + 60, check=True).stdout
    for trouble in ("Non-2xx or 3xx responses", "Socket errors"):
        if trouble in output:
            raise SystemExit(f"{urllib.parse.urlsplit(url).path}: {trouble}\n{output}")
    return float(re.search(r"Requests/sec:\s*([\d.]+)", output)[1])


def steady(url, targets, rate, seconds, headers=None, workers=24):
    """Milliseconds at the median, the 99th percentile and the worst at a steady rate.

    Each request has its moment, `1 / rate` after the one before, whether or not earlier ones are answered; time counts from that
    moment, so that a slow answer delays nobody's start unseen.
    """
    place = urllib.parse.urlsplit(url)
    latencies, troubles, lock = [], [], threading.Lock()
    numbers = iter(range(int(rate * seconds)))
    begin = time.perf_counter() + 0.5

    def work():
        connection = http.client.HTTPConnection(place.hostname, place.port, timeout=30)
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            due = begin + number / rate
            time.sleep(max(0, due - time.perf_counter()))
            try:
                connection.request("GET", targets[number % len(targets)], headers=headers or {})
                answer = connection.getresponse()
                answer.read()
                trouble = None if answer.status == 200 else answer.status
            except (OSError, http.client.HTTPException) as error:
                connection.close()
                trouble = repr(error)
            with lock:
                latencies.append((time.perf_counter() - due) * 1000)
                if trouble:
                    troubles.append(trouble)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if troubles:
        raise SystemExit(f"{len(troubles)} of {len(latencies)} requests failed, the first with {troubles[0]}")
    return {"median": statistics.median(latencies), "p99": percentile(latencies, 99), "worst": max(latencies)}


def one_by_one(url, targets, times, headers=None):
    """Milliseconds at the median and the worst, each request after the answer to the one before; and the last body."""
    place = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=60)
    latencies, body = [], b""
    for number in range(times):
        began = time.perf_counter()
        connection.request("GET", targets[number % len(targets)], headers=headers or {})
        answer = connection.getresponse()
        body = answer.read()
        latencies.append((time.perf_counter() - began) * 1000)
        if answer.status != 200:
            raise SystemExit(f"{targets[number % len(targets)].partition('?')[0]} answered {answer.status}")
    connection.close()
    return {"median": statistics.median(latencies), "worst": max(latencies), "body": body}


def percentile(values, share):
    """The value that `share` percent do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]
