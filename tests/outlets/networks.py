"""Social networks on loopback, which check what the real ones check: keys, media, lengths, places, sessions."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from openspaces.lib.graphemes import graphemes

Answered = tuple[int, Any]


@dataclass
class Asked:
    """One request."""

    method: str
    path: str
    headers: Any
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass
class Network:
    """A server; `answers` says what it answers, after `troubles` that it has first."""

    address: str = ""
    asked: list[Asked] = field(default_factory=list)
    troubles: list[Answered] = field(default_factory=list)

    def answer(self, asked: Asked) -> Answered:
        """Status and JSON."""
        raise NotImplementedError

    def take(self, asked: Asked) -> Answered:
        """Keep a request, and answer it."""
        self.asked.append(asked)
        return self.troubles.pop(0) if self.troubles else self.answer(asked)

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [f"{asked.method} {asked.path}" for asked in self.asked]


@contextmanager
def on_loopback(network: Network) -> Iterator[None]:
    """The network listens on a port that was free."""
    turn = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _take(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            with turn:
                status, said = network.take(Asked(self.command, self.path, self.headers, body))
            written = b"" if said is None else json.dumps(said).encode()
            self.send_response(status)
            for name, value in said.get("headers", {}).items() if isinstance(said, dict) else ():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _take

        def log_message(self, *_said: Any) -> None:
            """Tests have no log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    network.address = f"http://127.0.0.1:{server.server_port}"
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    serving.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        serving.join()


# Mastodon


@dataclass
class Mastodon(Network):
    """A server with one account, whose token is `swordfish`. It works on each picture until it was asked for it."""

    statuses: dict[str, dict[str, Any]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    ready: set[str] = field(default_factory=set)
    edits: int = 0
    MOST: ClassVar[int] = 500

    def texts(self) -> list[str]:
        """What everybody reads there."""
        return [status["status"] for status in self.statuses.values()]

    def answer(self, asked: Asked) -> Answered:
        if asked.headers["Authorization"] != "Bearer swordfish":
            return 401, {"error": "The access token is invalid"}
        match asked.method, asked.path.split("/")[3:]:
            case "GET", ["accounts", "verify_credentials"]:
                return 200, {"id": "1", "username": "board"}
            case "POST", ["media"]:
                return self._upload(asked)
            case "GET", ["media", id_]:
                return (200, {"id": id_}) if id_ in self.ready else (206, {"id": id_})
            case "POST", ["statuses"]:
                return self._post(asked)
            case "PUT", ["statuses", id_]:
                self.edits += 1
                return self._kept(id_, asked.json) if id_ in self.statuses else (404, {"error": "Record not found"})
            case "DELETE", ["statuses", id_]:
                return (200, {}) if self.statuses.pop(id_, None) else (404, {"error": "Record not found"})
        return 404, {"error": "Not found"}

    def _upload(self, asked: Asked) -> Answered:
        whole = b"Content-Type: " + asked.headers["Content-Type"].encode() + b"\r\n\r\n" + asked.body
        letter: Any = message_from_bytes(whole, policy=policy.HTTP)
        parts: dict[Any, bytes] = {
            part.get_param("name", header="Content-Disposition"): part.get_payload(decode=True)
            for part in letter.iter_parts()
        }
        assert parts["file"].startswith(b"\x89PNG")
        assert len(parts["description"]) <= 1500 * 4
        id_ = f"m{len(self.media) + 1}"
        self.media[id_], self.pictures[id_] = parts["description"].decode(), parts["file"]
        self.ready.add(id_)  # when it is asked for
        return 202, {"id": id_}

    def _post(self, asked: Asked) -> Answered:
        key = asked.headers["Idempotency-Key"]
        if key in self.keys:
            return 200, self.statuses[self.keys[key]]
        id_ = f"10{len(self.keys) + 1}"
        status, said = self._kept(id_, asked.json)
        if status == 200:
            self.keys[key] = id_
        return status, said

    def _kept(self, id_: str, said: dict[str, Any]) -> Answered:
        if len(graphemes(re.sub(r"https?://\S+", "x" * 23, said["status"]))) > self.MOST:
            return 422, {"error": "Validation failed: Text character limit of 500 exceeded"}
        if not set(said.get("media_ids", ())) <= self.ready:
            return 422, {"error": "Cannot attach files that have not finished processing"}
        assert re.fullmatch("[a-z]{2,3}", said["language"])
        self.statuses[id_] = {**self.statuses.get(id_, {}), **said, "id": id_}
        return 200, self.statuses[id_]


# Bluesky


@dataclass
class Bluesky(Network):
    """A server with one account, `board.example` with the app password `swordfish`. Its sessions can be ended."""

    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    sessions: int = 0
    renewed: int = 0
    valid: set[str] = field(default_factory=set)
    refreshable: set[str] = field(default_factory=set)
    blobs: set[str] = field(default_factory=set)
    SIGN_INS: ClassVar[int] = 30

    def texts(self) -> list[str]:
        """What everybody reads there."""
        return [record["text"] for record in self.records.values()]

    def answer(self, asked: Asked) -> Answered:
        method = asked.path.removeprefix("/xrpc/")
        token = (asked.headers["Authorization"] or "").removeprefix("Bearer ")
        if method == "com.atproto.server.createSession":
            return self._sign_in(asked.json)
        if method == "com.atproto.server.refreshSession":
            return self._renew(token)
        if token not in self.valid:
            return 400, {"error": "ExpiredToken", "message": "Token has expired"}
        calls: dict[str, Callable[[Asked], Answered]] = {
            "com.atproto.repo.uploadBlob": self._upload,
            "com.atproto.repo.putRecord": self._put,
            "com.atproto.repo.deleteRecord": self._delete,
        }
        return calls[method](asked)

    def expire(self) -> None:
        """Two hours go by."""
        self.valid.clear()

    def _sign_in(self, said: dict[str, str]) -> Answered:
        if said != {"identifier": "board.example", "password": "swordfish"}:
            return 401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"}
        self.sessions += 1
        if self.sessions > self.SIGN_INS:
            return 429, {"error": "RateLimitExceeded"}
        return self._session()

    def _renew(self, token: str) -> Answered:
        if token not in self.refreshable:
            return 400, {"error": "ExpiredToken"}
        self.renewed += 1
        return self._session()

    def _session(self) -> Answered:
        name = f"{self.sessions}.{self.renewed}"
        self.valid.add(f"access {name}")
        self.refreshable = {f"refresh {name}"}
        return 200, {"did": "did:plc:board", "accessJwt": f"access {name}", "refreshJwt": f"refresh {name}"}

    def _upload(self, asked: Asked) -> Answered:
        if len(asked.body) > 1_000_000:
            return 413, {"error": "PayloadTooLarge"}
        assert asked.body.startswith(b"\x89PNG")
        link = f"bafy{len(self.blobs)}"
        self.blobs.add(link)
        blob = {"$type": "blob", "ref": {"$link": link}, "mimeType": "image/png", "size": len(asked.body)}
        return 200, {"blob": blob}

    def _put(self, asked: Asked) -> Answered:
        said = asked.json
        record, name = said["record"], said["rkey"]
        assert (said["repo"], said["collection"]) == ("did:plc:board", "app.bsky.feed.post")
        assert re.fullmatch("[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}", name), name
        if len(graphemes(record["text"])) > 300 or len(record["text"].encode()) > 3000:
            return 400, {"error": "InvalidRequest", "message": "too long"}
        for facet in record["facets"]:
            _check_facet(record["text"].encode(), facet)
        for image in record.get("embed", {}).get("images", ()):
            assert image["image"]["ref"]["$link"] in self.blobs
            assert isinstance(image["alt"], str)
        # Readers' servers take no notice of a record that is written over.
        self.records.setdefault(name, record)
        return 200, {"uri": f"at://did:plc:board/app.bsky.feed.post/{name}", "cid": "bafy"}

    def _delete(self, asked: Asked) -> Answered:
        self.records.pop(asked.json["rkey"], None)
        return 200, {}


def _check_facet(text: bytes, facet: dict[str, Any]) -> None:
    said = text[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode()
    (feature,) = facet["features"]
    kind = feature["$type"].partition("#")[2]
    assert said == (feature["uri"] if kind == "link" else f"#{feature['tag']}")


# X, and anything that takes JSON


@dataclass
class X(Network):
    """A server that looks whether a request is signed."""

    posts: dict[str, str] = field(default_factory=dict)

    def answer(self, asked: Asked) -> Answered:
        signed = asked.headers["Authorization"] or ""
        if not (signed.startswith("OAuth ") and 'oauth_token="token"' in signed and "oauth_signature=" in signed):
            return 401, {"title": "Unauthorized"}
        match asked.method, asked.path.split("/")[2:]:
            case "GET", ["users", "me"]:
                return 200, {"data": {"id": "1", "username": "board"}}
            case "POST", ["tweets"] if asked.json["text"] in self.posts.values():
                return 403, {"detail": "You are not allowed to create a Tweet with duplicate content."}
            case "POST", ["tweets"]:
                id_ = str(1000 + len(self.asked))
                self.posts[id_] = asked.json["text"]
                return 201, {"data": {"id": id_}}
            case "DELETE", ["tweets", id_]:
                return 200, {"data": {"deleted": bool(self.posts.pop(id_, ""))}}
        return 404, {"title": "Not Found"}


@dataclass
class Listener(Network):
    """Takes whatever it is sent."""

    def answer(self, asked: Asked) -> Answered:
        return 200, {}


@dataclass
class Discord(Network):
    """A webhook into one channel."""

    messages: dict[str, Any] = field(default_factory=dict)
    PATH: ClassVar[str] = "/api/webhooks/123/swordfish"

    def answer(self, asked: Asked) -> Answered:
        path, _mark, query = asked.path.partition("?")
        if not path.startswith(self.PATH):
            return 404, {"message": "Unknown Webhook", "code": 10015}
        match asked.method, path.removeprefix(self.PATH).split("/"):
            case "GET", [""]:
                return 200, {"id": "123", "name": "Board"}
            case "POST", [""]:
                assert query == "wait=true"
                id_ = str(len(self.asked))
                return self._kept(id_, asked.json)
            case "PATCH", ["", "messages", id_] if id_ in self.messages:
                return self._kept(id_, asked.json)
            case "DELETE", ["", "messages", id_] if self.messages.pop(id_, None):
                return 204, None
        return 404, {"message": "Unknown Message", "code": 10008}

    def _kept(self, id_: str, said: dict[str, Any]) -> Answered:
        assert said["allowed_mentions"] == {"parse": []}
        (embed,) = said["embeds"]
        names = [text for each in embed["fields"] for text in (each["name"], each["value"])]
        assert len(embed["fields"]) <= 25
        assert all(0 < len(each["value"]) <= 1024 for each in embed["fields"])
        assert sum(map(len, [embed["title"], embed["description"], embed["footer"]["text"], *names])) <= 6000
        self.messages[id_] = embed
        return 200, {"id": id_}
