"""A server that speaks the two real protocols and misbehaves when told to; its model is a few rules.

It refuses what the real endpoints refuse (missing headers, odd roles, schemas that are not strict), so that a
test that passes here has sent a request that they would take.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FAULTS = (
    "malformed",
    "truncated",
    "busy",
    "error",
    "hallucinated",
    "trickle",
    "html",
    "closed",
)
INVENTED = "General Ivo Marran of the Northern Command"
"""A party of invented claims: it stands in no report."""
_ENCLOSED = re.compile(r"<report-([0-9a-f]{16})>\n(.*)\n</report-\1>", re.DOTALL)
_ATTACK = re.compile(
    r"(?P<actor>[A-Z][\w ]*?) (?P<trigger>shelled|ambushed) (?P<target>[\w ]+?) (?:in|near|at) "
    r"(?P<place>[A-Z]\w+(?: [A-Z]\w+)?) (?P<time>on \w+|in \w+ \d{4}), (?P<killed>killing|wounding) "
    r"(?P<count>(?:at least |about )?\w+) (?P<victim>\w+), (?P<source>[\w ]+?) (?P<cue>said)\."
)
_JOINED = re.compile(r"(?P<actor>[A-Z]\w+ [A-Z]\w+) reportedly (?P<trigger>defected) to (?P<to>[\w ]+)\.")
_ORDER = re.compile(r"(?i)ignore (?:all|any) .*?instructions.*?write that (?P<what>[^.]+)\.")

Claims = list[dict[str, Any]]
Fault = Callable[[int, str], str | None]
"""From the number of a request and its report's words to a fault, or none."""


def no_fault(number: int, words: str) -> str | None:
    return None


def enclosed_words(content: str) -> str:
    """What stands between the marks of the last message, without the head of the report."""
    found = _ENCLOSED.search(content)
    return found[2].partition("\n\n")[2] if found else ""


def tell_claims(words: str) -> Claims:
    """What this model finds: it knows two sentences."""
    told: Claims = []
    for found in _ATTACK.finditer(words):
        what = "killed" if found["killed"] == "killing" else "injured"
        told.append(
            make_claim(
                found[0],
                found["trigger"],
                "ASSAULT",
                mode="shelling" if found["trigger"] == "shelled" else "ambush",
                parties=[
                    make_party("actor", found["actor"], "group"),
                    make_party("recipient", found["target"], "unit"),
                    make_party("victim", found["victim"], "people"),
                ],
                counts=[{"words": found["count"], "what": what, "of": found["victim"]}],
                time=found["time"],
                place=found["place"],
                sources=[
                    {
                        "words": found["source"],
                        "name": None,
                        "kind": "anonymous",
                        "cue": found["cue"],
                        "beside": False,
                    }
                ],
            )
        )
    for found in _JOINED.finditer(words):
        parties = [make_party("actor", found["actor"], "person"), make_party("to", found["to"], "group")]
        told.append(
            make_claim(
                found[0],
                found["trigger"],
                "REALIGN",
                mode="defect",
                parties=parties,
                certainty="probable",
                hedge="reportedly",
            )
        )
    return told


def make_party(role: str, words: str, kind: str, name: str | None = None) -> dict[str, Any]:
    return {"role": role, "words": words, "name": name, "kind": kind}


def make_claim(quote: str, trigger: str, type: str, **values: Any) -> dict[str, Any]:
    return {
        "quote": quote, "trigger": trigger, "type": type, "mode": None, "parties": [], "counts": [],
        "time": None, "place": None, "sources": [], "status": "actual", "negated": False,
        "certainty": "certain", "hedge": None,
    } | values  # fmt: skip


def obey(words: str) -> Claims:
    """A model that follows an order within a report, and tells what it is told to."""
    found = _ORDER.search(words)
    if not found:
        return []
    said = found["what"].strip()
    return [
        make_claim(
            f"{said[0].upper()}{said[1:]} on Monday, the ministry said.",
            said.split()[-1],
            "ASSAULT",
            parties=[make_party("victim", "President Ada Lorn", "person")],
            counts=[{"words": "five hundred", "what": "killed", "of": None}],
            sources=[
                {
                    "words": "the ministry",
                    "name": None,
                    "kind": "organisation",
                    "cue": "said",
                    "beside": False,
                }
            ],
        )
    ]


def invent(claims: Claims) -> Claims:
    """The claims with invented ones around them, and invented values within them."""
    invented = make_claim(
        f"{INVENTED} surrendered with nine hundred men near Lake Orun on 3 May 1999.",
        "surrendered",
        "RETREAT",
        parties=[make_party("actor", INVENTED, "person")],
        place="Lake Orun",
    )
    bent = []
    for claim in claims:
        parties = [*claim["parties"], make_party("instrument", "a stolen gunboat", "weapon", INVENTED[:14])]
        counts = [*claim["counts"], {"words": "nine hundred and four", "what": "killed", "of": None}]
        bent.append(claim | {"parties": parties, "counts": counts})
        number = re.search(r"\b\d+\b", claim["quote"])
        if number:
            bent.append(
                claim
                | {"quote": claim["quote"].replace(number[0], str(int(number[0]) + 1711)), "type": "COERCE"}
            )
    return [invented, *bent, {"quote": 7, "type": "NONSENSE"}]


class Stub:
    """The server's memory: what was asked, and what it is told to do."""

    def __init__(self, fault: Fault = no_fault, model: Callable[[str], Claims] = tell_claims) -> None:
        self.fault, self.model = fault, model
        self.lock = threading.Lock()
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.faults: list[str] = []
        self.refusals: list[str] = []
        self.tokens = 0
        self.retry_after = "0"
        self.step = 0.05
        self.url = ""

    @property
    def asked(self) -> int:
        return len(self.bodies)


@contextmanager
def serve(fault: Fault = no_fault, model: Callable[[str], Claims] = tell_claims) -> Iterator[Stub]:
    """A stub on a free port of this machine, for the time of the context."""
    stub = Stub(fault, model)
    handler = type("StubHandler", (_Handler,), {"stub": stub})
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    stub.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    stub: Stub
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_POST(self) -> None:
        stub = self.stub
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        anthropic = self.path == "/v1/messages"
        wrong = _wrong(self.path, dict(self.headers), body)
        words = enclosed_words(str(body["messages"][-1]["content"])) if not wrong else ""
        with stub.lock:
            number = len(stub.bodies)
            stub.bodies.append(body)
            stub.headers.append({name.lower(): value for name, value in self.headers.items()})
            fault = stub.fault(number, words)
            stub.faults.append(fault or "")
        if wrong:
            stub.refusals.append(wrong)
            return self._send(400, json.dumps({"error": {"message": wrong, "type": "invalid_request_error"}}))
        if fault in ("busy", "error", "gone", "denied", "moved"):
            return self._fail(fault)
        claims = stub.model(words)
        if fault == "hallucinated":
            claims = invent(claims)
        text = json.dumps({"claims": claims}, ensure_ascii=False)
        cut = fault == "truncated" and len(claims) > 0
        if cut:
            text = text[: int(len(text) * 0.6)]
        if fault == "malformed":
            text = 'Here are the claims:\n{"claims": [{"quote": "…'
        wire = (_message if anthropic else _completion)(body, text, cut)
        with stub.lock:
            stub.tokens += sum(wire["usage"].get(k, 0) for k in wire["usage"] if k != "total_tokens")
        return self._answer(fault, json.dumps(wire))

    def _fail(self, fault: str) -> None:
        status = {"busy": 429, "error": 500, "gone": 404, "denied": 401, "moved": 307}[fault]
        headers = {"retry-after": self.stub.retry_after} if fault == "busy" else {}
        if fault == "moved":
            headers = {"location": self.stub.url + "/elsewhere"}
        sent = self.headers.get("authorization", "")
        message = f"{fault}, with your {sent}" if fault == "denied" else fault
        self._send(status, json.dumps({"error": {"message": message, "type": "error"}}), **headers)

    def _answer(self, fault: str | None, text: str) -> None:
        raw = text.encode()
        if fault == "html":
            return self._send(200, "<html><body>Gateway</body></html>", kind="text/html; charset=utf-8")
        if fault == "closed":
            self._head(200, len(raw), "application/json")
            self.wfile.write(raw[: len(raw) // 2])
            self.wfile.flush()
            self.close_connection = True
            self.connection.close()
            return None
        if fault == "trickle":
            self._head(200, len(raw), "application/json")
            try:
                for at in range(len(raw)):
                    self.wfile.write(raw[at : at + 1])
                    self.wfile.flush()
                    time.sleep(self.stub.step)
            except OSError:
                self.close_connection = True
            return None
        return self._send(200, text)

    def _send(self, status: int, text: str, kind: str = "application/json", **headers: str) -> None:
        raw = text.encode()
        self._head(status, len(raw), kind, **headers)
        self.wfile.write(raw)

    def _head(self, status: int, length: int, kind: str, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"content-type": kind, "content-length": str(length), **headers}.items():
            self.send_header(name, value)
        self.end_headers()


def _tokens(body: dict[str, Any], text: str) -> tuple[int, int]:
    return len(json.dumps(body)) // 4, max(1, len(text) // 4)


def _completion(body: dict[str, Any], text: str, cut: bool) -> dict[str, Any]:
    asked, answered = _tokens(body, text)
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": body["model"],
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": text, "refusal": None},
                "finish_reason": "length" if cut else "stop",
            }
        ],
        "usage": {"prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered},
    }


def _message(body: dict[str, Any], text: str, cut: bool) -> dict[str, Any]:
    asked, answered = _tokens(body, text)
    try:
        block: dict[str, Any] = {
            "type": "tool_use", "id": "toolu_1", "name": "give_claims", "input": json.loads(text),
        }  # fmt: skip
    except ValueError:
        # A tool's input that was cut off or is no JSON comes as text.
        block = {"type": "text", "text": text}
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": body["model"],
        "content": [block],
        "stop_reason": "max_tokens" if cut else "tool_use",
        "stop_sequence": None,
        "usage": {"input_tokens": asked, "output_tokens": answered},
    }


def _wrong(path: str, headers: dict[str, str], body: dict[str, Any]) -> str:
    """Why a real endpoint would refuse this request; empty where it would not."""
    given = {name.lower(): value for name, value in headers.items()}
    if given.get("content-type") != "application/json":
        return "content-type"
    roles = [message.get("role") for message in body.get("messages", [])]
    if not body.get("model") or not roles or roles[-1] != "user":
        return "model or messages"
    if path == "/v1/chat/completions":
        if roles[0] != "system" or roles[1:] != ["user", "assistant"] * (len(roles) // 2 - 1) + ["user"]:
            return f"roles {roles}"
        form = body.get("response_format", {})
        if form.get("type") != "json_schema" or form["json_schema"].get("strict") is not True:
            return "response_format"
        return _loose(form["json_schema"]["schema"])
    if path == "/v1/messages":
        if given.get("anthropic-version") != "2023-06-01":
            return "anthropic-version: header is required"
        if not isinstance(body.get("max_tokens"), int) or "system" in roles:
            return "max_tokens: field required"
        if body.get("tool_choice", {}).get("name") != body["tools"][0]["name"]:
            return "tool_choice"
        return _loose(body["tools"][0]["input_schema"])
    return f"no such path {path}"


def _loose(schema: dict[str, Any]) -> str:
    """Where a schema is not strict: every key required, no other allowed."""
    if schema.get("type") == "object":
        if schema.get("additionalProperties") is not False:
            return "additionalProperties must be false"
        if schema.get("required") != list(schema["properties"]):
            return "required must name every property"
        return next((found for part in schema["properties"].values() if (found := _loose(part))), "")
    return _loose(schema["items"]) if schema.get("type") == "array" else ""
