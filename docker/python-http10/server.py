"""A server that speaks HTTP/1.0 and closes each connection: PUT, GET, HEAD and DELETE with strong tags.

Check and write are one step under a lock. python3 server.py PORT
"""
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

lock = threading.Lock()
items = {}  # path -> (tag, media type, body)
versions = 0


def tags(header):
    return [one.strip() for one in header.split(",")]


def weak(tag):
    return tag[2:] if tag.startswith("W/") else tag


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"
    server_version = "EtalonHttp10"

    def refused(self, current):
        """The status with which a condition fails, or None. RFC 9110 section 13.2.2, without dates."""
        match = self.headers.get("If-Match")
        none_match = self.headers.get("If-None-Match")
        if match is not None:
            if current is None or (match.strip() != "*" and current[0] not in tags(match)):
                return 412
        if none_match is not None and current is not None:
            if none_match.strip() == "*" or weak(current[0]) in [weak(one) for one in tags(none_match)]:
                return 304 if self.command in ("GET", "HEAD") else 412
        return None

    def answer(self, status, fields=(), body=b""):
        self.send_response(status)
        for name, value in fields:
            self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_PUT(self):
        global versions
        length = self.headers.get("Content-Length")
        if length is None or not length.isdigit():
            return self.answer(411)
        body = self.rfile.read(int(length))
        if len(body) != int(length):
            return None  # The client went away in mid-body: nothing is written.
        with lock:
            current = items.get(self.path)
            status = self.refused(current)
            if status is None:
                versions += 1
                tag = '"v%d"' % versions
                items[self.path] = (tag, self.headers.get("Content-Type", "application/octet-stream"), body)
        if status is not None:
            return self.answer(status)
        return self.answer(201 if current is None else 204, [("ETag", tag)])

    def do_DELETE(self):
        with lock:
            current = items.get(self.path)
            status = self.refused(current)
            if status is None:
                items.pop(self.path, None)
        if status is not None:
            return self.answer(status)
        return self.answer(404 if current is None else 204)

    def do_GET(self):
        with lock:
            current = items.get(self.path)
            names = "".join(name + "\n" for name in items).encode()
        if self.path == "/":
            return self.answer(200, [("Content-Type", "text/plain")], names)
        # A condition is ignored where the answer without it is neither 2xx nor 412.
        if current is None:
            return self.answer(404)
        status = self.refused(current)
        if status is not None:
            return self.answer(status, [("ETag", current[0])])
        return self.answer(200, [("ETag", current[0]), ("Content-Type", current[1])], current[2])

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True


Server(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
