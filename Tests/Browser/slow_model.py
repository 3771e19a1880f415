"""A language model for the walk, on this machine: it summarises, when it is let, and knows nothing else."""

import http.server
import json
import threading

SUMMARY = "A customer asks for help."


class SlowModel:
    """Speaks Chat Completions. Use it as a context. While `is_held`, it does not answer."""

    def __init__(self):
        self.is_held = threading.Event()
        self.released = threading.Event()
        self.asked = 0
        self.left = 0
        model = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode(errors="replace")
                model.asked += 1
                if "BEGIN " in body and model.is_held.is_set() and not model._wait(self.connection):
                    self.close_connection = True
                    return
                text = json.dumps({"summary": SUMMARY, "quote": None}) if "BEGIN " in body else "I do not know."
                answer = json.dumps(
                    {
                        "id": "1",
                        "object": "chat.completion",
                        "model": "slow-model",
                        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
                    }
                ).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    @property
    def environment(self):
        return {"CLYNTO_LLM_URL": f"http://127.0.0.1:{self.server.server_address[1]}/v1", "CLYNTO_LLM_MODEL": "slow-model"}

    def _wait(self, connection):
        """Until it may answer: true; false when whoever asked has left."""
        connection.settimeout(0.05)
        while not self.released.wait(0.05):
            try:
                if connection.recv(1) == b"":
                    self.left += 1
                    return False
            except TimeoutError:
                continue
            except OSError:
                self.left += 1
                return False
        connection.settimeout(None)
        return True

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()
