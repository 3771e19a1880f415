"""Stands before a model's server, in both protocols: counts what it is asked, and can sit Larry's examination in its place.

A model that fails the examination is never given a question; one that somebody else sat it for is given every one of them. Only so do a
real model's answers reach what stands behind the examination.
"""

import contextlib
import http.client
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

# The examination's questions: the name to look up, and the right query.
RIGHT = {
    "How many open tickets does Larkspur Dairy have?": ("Larkspur Dairy", {"operation": "count", "filter": {"status": ["open"]}}),
    "How many urgent tickets are assigned to Oswin Tarrant?": ("Oswin Tarrant", {"operation": "count", "filter": {"priority": ["urgent"]}}),
    "How many tickets did Quillfeather Press open in April 2026?": (
        "Quillfeather Press",
        {"operation": "count", "filter": {"time_field": "created", "from": "2026-04-01", "to": "2026-05-01"}}),
    "Which accounts have pending tickets?": (None, {"operation": "group", "by": ["account"], "filter": {"status": ["pending"]}}),
    "What is the median first response time?": (
        None, {"operation": "aggregate", "measure": "first_response", "statistic": "median"}),
    "How many escalated tickets does Quillfeather Press have?": (
        "Quillfeather Press", {"operation": "count", "filter": {"escalated": True}}),
}


class Front:
    """A server on a free port of this machine. `sits` answers probe and examination itself, by tools."""

    def __init__(self, address, sits):
        self.upstream, self.sits = urlsplit(address), sits
        # Requests that the model itself was sent: of the examination, of the probe, and about questions.
        self.examined = self.probed = self.asked = 0
        self.lock = threading.Lock()
        front = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, kind, answer = front.answer(self.path, body, self.headers)
                # Whoever asked may have given up meanwhile.
                with contextlib.suppress(OSError):
                    self.send_response(status)
                    self.send_header("Content-Type", kind)
                    self.send_header("Content-Length", str(len(answer)))
                    self.end_headers()
                    self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}{self.upstream.path}"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, path, body, headers):
        asked = json.loads(body)
        text = json.dumps(asked, ensure_ascii=False)
        question = next((question for question in RIGHT if question in text), None)
        probe = next((sign for sign in ("Report the word ready", "Answer with the word ready", "Say ready.") if sign in text), None)
        if self.sits and (question or probe):
            if asked.get("stream"):
                return 200, "text/event-stream", self.streamed(path)
            answer = self.spoken(path, '{"word":"ready"}') if probe and "tools" not in asked else self.right(path, asked, question)
            return 200, "application/json", json.dumps(answer).encode()
        with self.lock:
            if question:
                self.examined += 1
            elif probe:
                self.probed += 1
            else:
                self.asked += 1
        link = http.client.HTTPConnection(self.upstream.hostname, self.upstream.port, timeout=180)
        try:
            kept = {name: value for name, value in headers.items() if name.lower() in ("content-type", "anthropic-version", "accept")}
            link.request("POST", path, body, kept)
            answer = link.getresponse()
            return answer.status, answer.headers.get("Content-Type", "application/json"), answer.read()
        except OSError:
            return 502, "application/json", b"{}"
        finally:
            link.close()

    @staticmethod
    def spoken(path, text):
        if path.endswith("/messages"):
            return {
                "type": "message", "role": "assistant", "model": "front", "stop_reason": "end_turn",
                "content": [{"type": "text", "text": text}], "usage": {"input_tokens": 9, "output_tokens": 9}}
        return {
            "model": "front", "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
            "usage": {"prompt_tokens": 9, "completion_tokens": 9}}

    @staticmethod
    def streamed(path):
        if path.endswith("/messages"):
            events = [
                {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "ready"}},
                {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 1}}, {"type": "message_stop"}]
        else:
            events = [{"choices": [{"index": 0, "delta": {"content": "ready"}, "finish_reason": "stop"}]}]
        return "".join(f"data: {json.dumps(event)}\n\n" for event in events).encode()

    @staticmethod
    def right(path, asked, question):
        """A tool call of this protocol: what the probe wants, the name to look up, or the right query."""
        # The one tool of a probe is the one to call.
        tool = asked["tools"][0]
        name, wanted = tool.get("name") or tool["function"]["name"], {"word": "ready"}
        if question:
            who, query = RIGHT[question]
            has_looked = any(
                message["role"] == "tool"
                or isinstance(message["content"], list) and any(block.get("type") == "tool_result" for block in message["content"])
                for message in asked["messages"])
            if who and not has_looked:
                name, wanted = "find_name", {"name": who}
            else:
                filters = {**query.get("filter", {}), **({"names": ["n1"]} if who else {})}
                name, wanted = "ask_support", {**query, **({"filter": filters} if filters else {})}
        if path.endswith("/messages"):
            return {
                "type": "message", "role": "assistant", "model": "front", "stop_reason": "tool_use",
                "content": [{"type": "tool_use", "id": "call_1", "name": name, "input": wanted}],
                "usage": {"input_tokens": 9, "output_tokens": 9}}
        call = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": json.dumps(wanted)}}
        return {
            "model": "front", "choices": [{"finish_reason": "tool_calls", "message": {"role": "assistant", "content": "", "tool_calls": [call]}}],
            "usage": {"prompt_tokens": 9, "completion_tokens": 9}}
