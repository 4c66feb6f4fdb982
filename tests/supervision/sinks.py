"""The other ends of the wire: a mail server and a message gateway that keep what came, and stop answering when told."""

from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Lock, Thread

LONGEST = 60  # seconds in which a test has to get on


class Sink:
    """A server in a thread. It falls silent at the `nth` time that a talk comes to `silent_at`, until `release`."""

    def __init__(self, server, handler, silent_at=None, nth=1):
        self.silent_at, self.nth = silent_at, nth
        self.fell_silent, self._released, self._lock = Event(), Event(), Lock()
        self.came: list = []
        self._reached: Counter = Counter()
        self.server = server(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.server.sink = self
        self.port = self.server.server_address[1]
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def keep(self, what):
        with self._lock:
            self.came.append(what)

    def silent(self, point):
        """Whether the talk ends here without an answer; returns only once the sink is released."""
        with self._lock:
            self._reached[point] += 1
            silent = point == self.silent_at and self._reached[point] == self.nth
        if silent:
            self.fell_silent.set()
            self._released.wait(LONGEST)
        return silent

    def release(self):
        self._released.set()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.release()
        self.server.shutdown()
        self.server.server_close()


class _Mail(StreamRequestHandler):
    def handle(self):
        self._say("220 sink")
        for line in self.rfile:
            verb = line[:4].decode().strip().upper()
            if verb == "DATA":
                self._say("354 go on")
                mail = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.sink.keep(message_from_bytes(mail))
            if self.server.sink.silent(verb):
                return
            self._say("221 bye" if verb == "QUIT" else "250 ok")
            if verb == "QUIT":
                return

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


class MailSink(Sink):
    """Keeps the mails it took, also those for which it never said so."""

    came: list[Message]

    def __init__(self, **how):
        super().__init__(ThreadingTCPServer, _Mail, **how)
        self.url = f"smtp://127.0.0.1:{self.port}"

    def read(self):
        """What came under each Message-ID: to whom, about what, and the text. A set: a reader's program shows one."""
        shown: dict[str, set] = {}
        for mail in list(self.came):
            text = mail.get_payload(decode=True).decode()
            shown.setdefault(mail["Message-ID"], set()).add((mail["To"], mail["Subject"], text))
        return shown

    def times(self):
        """How often each Message-ID came."""
        return Counter(mail["Message-ID"] for mail in list(self.came))


@dataclass
class Request:
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class _Gateway(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.sink.keep(Request(self.path, dict(self.headers), body))
        if self.server.sink.silent("POST"):
            self.close_connection = True
            return
        self.send_response(self.server.sink.status)
        if self.server.sink.leads_to:
            self.send_header("Location", self.server.sink.leads_to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self):
        self.server.sink.keep(Request(self.path, dict(self.headers)))
        self.send_error(404)

    def log_message(self, *_):
        """Nothing is told on the console."""


class GatewaySink(Sink):
    """Keeps the requests; answers with `status`, and leads on to `leads_to` where that is set."""

    came: list[Request]

    def __init__(self, *, status=200, leads_to="", **how):
        self.status, self.leads_to = status, leads_to
        super().__init__(ThreadingHTTPServer, _Gateway, **how)
        self.url = f"http://127.0.0.1:{self.port}/sms"
