"""HTTP/1.1 as a server speaks it, with the faults that servers have.

Raw on purpose: what a real server refuses is refused here, and every reply
can be broken off, held back or sent byte by byte.
"""

import asyncio
import dataclasses
import email.utils
import http
import socket
import time
import traceback
import urllib.parse
import zlib

HEAD_MAX = 64 * 1024
BODY_MAX = 4 * 1024 * 1024
IDLE_S = 300
GZIP = 16 + zlib.MAX_WBITS

JETTY_404 = ("<html><head><title>Error 404 Not Found</title></head><body>"
             "<h2>HTTP ERROR 404 Not Found</h2></body></html>\n")


class BadRequest(Exception):
    """A request that gets an error and loses its connection."""

    def __init__(self, status):
        super().__init__(status)
        self.status = status


@dataclasses.dataclass
class Request:
    """One request; header names in lower case, the last of a name wins."""
    method: str
    target: str
    path: str
    query: dict
    headers: dict
    body: bytes = b""

    def media_type(self):
        return self.headers.get("content-type", "").split(";")[0].strip()

    def accepts(self, media_type):
        """Whether the Accept header lets `media_type` through."""
        wanted = self.headers.get("accept", "*/*")
        family = media_type.split("/")[0] + "/*"
        return any(part.split(";")[0].strip() in (media_type, family, "*/*")
                   for part in wanted.split(","))


@dataclasses.dataclass
class Reply:
    """`body` is bytes, or an iterable of bytes that is sent in chunks."""
    status: int = 200
    body: object = b""
    type: str = "application/json"
    headers: dict = dataclasses.field(default_factory=dict)


def html_404():
    """What the web server says where no application answers."""
    return Reply(404, JETTY_404.encode(), "text/html;charset=iso-8859-1")


class Stream:
    """A reply without an end: an open event stream."""

    def __init__(self):
        self.queue = asyncio.Queue()
        self.muted = False

    def put(self, data):
        """Queues bytes (an event); None ends the stream."""
        self.queue.put_nowait(data)

    def opened(self):
        """Called when the headers are out."""

    def closed(self):
        """Called once when the stream is over."""


def _parse_head(data):
    try:
        lines = data.decode("latin-1").split("\r\n")
        method, target, version = lines[0].split(" ")
    except ValueError:
        raise BadRequest(400) from None
    if version != "HTTP/1.1":
        # The preface of HTTP/2 says "PRI * HTTP/2.0".
        raise BadRequest(505 if version.startswith("HTTP/") else 400)
    headers = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if not colon or name != name.strip() or not name:
            raise BadRequest(400)
        headers[name.lower()] = value.strip()
    if "host" not in headers:
        raise BadRequest(400)
    return method, target, headers


def _parse_target(target):
    if not target.startswith("/"):
        raise BadRequest(400)
    path, _, query = target.partition("?")
    try:
        path = urllib.parse.unquote(path, errors="strict")
        pairs = urllib.parse.parse_qsl(query, keep_blank_values=True,
                                       errors="strict")
    except UnicodeDecodeError:
        raise BadRequest(400) from None
    return path, dict(pairs)


class Connection:
    """One client's connection: reads requests, writes replies."""

    def __init__(self, server, reader, writer):
        self.server = server
        self.reader = reader
        self.writer = writer
        self.faults = server.faults

    async def run(self):
        try:
            while await self._serve_one():
                pass
        except BadRequest as bad:
            await self._send_reply(Reply(bad.status), "close", None)
        except (ConnectionError, asyncio.IncompleteReadError,
                asyncio.LimitOverrunError, asyncio.TimeoutError,
                asyncio.CancelledError):
            pass  # the client went, or the hub ends
        finally:
            self.writer.close()

    async def _serve_one(self):
        head = await asyncio.wait_for(
            self.reader.readuntil(b"\r\n\r\n"), IDLE_S)
        method, target, headers = _parse_head(head[:-4])
        path, query = _parse_target(target)
        request = Request(method, target, path, query, headers)
        request.body = await self._read_body(headers)
        private = path.startswith("/control")
        entry = {}
        if not private:
            entry = self.server.record(request)
            await self.faults.hold()
        reply = (None if private else self.faults.instead(path)) \
            or self._answer(request)
        if isinstance(reply, Stream):
            entry["status"] = 200
            await self._send_stream(reply)
            return False
        entry["status"] = reply.status
        keep = headers.get("connection", "").lower() != "close"
        if method == "HEAD":
            reply.body = b""
        await self._send_reply(reply, "keep-alive" if keep else "close",
                               None if private else request)
        return keep

    def _answer(self, request):
        try:
            return self.server.handle(request)
        except Exception:  # a mistake of the hub must not look like a fault
            traceback.print_exc()
            raise BadRequest(500) from None

    async def _read_body(self, headers):
        if "transfer-encoding" in headers:
            raise BadRequest(411)
        text = headers.get("content-length", "0")
        if not text.isdigit():
            raise BadRequest(400)
        if int(text) > BODY_MAX:
            raise BadRequest(413)
        if headers.get("expect", "").lower() == "100-continue":
            self.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return await self.reader.readexactly(int(text))

    async def _send(self, data, slow=True):
        """Writes bytes, one by one while the hub drips."""
        if not (slow and self.faults.drip):
            self.writer.write(data)
            await self.writer.drain()
            return
        for at in range(len(data)):
            self.writer.write(data[at:at + 1])
            await self.writer.drain()
            await asyncio.sleep(self.faults.drip_s)

    def _head(self, status, headers):
        lines = [f"HTTP/1.1 {status} {http.HTTPStatus(status).phrase}",
                 "Date: " + email.utils.formatdate(usegmt=True)]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    async def _send_reply(self, reply, connection, request):
        headers = {"Content-Type": reply.type, "Connection": connection,
                   **reply.headers}
        body = reply.body
        packed = (request is not None and body and "gzip"
                  in request.headers.get("accept-encoding", ""))
        if packed:
            whole = body if isinstance(body, bytes) else b"".join(body)
            packer = zlib.compressobj(wbits=GZIP)
            body = packer.compress(whole) + packer.flush()
            headers["Content-Encoding"] = "gzip"
        fault = request and self.faults.break_off(request.path)
        slow = request is not None
        if isinstance(body, bytes) and not fault:
            if reply.status not in (204, 304):
                headers["Content-Length"] = len(body)
            await self._send(self._head(reply.status, headers) + body, slow)
            return
        headers["Transfer-Encoding"] = "chunked"
        await self._send(self._head(reply.status, headers), slow)
        parts = [body] if isinstance(body, bytes) else body
        if fault:
            await self._send_broken(b"".join(parts), fault)
            return
        for part in parts:
            await self._send(b"%x\r\n%b\r\n" % (len(part), part), slow)
        await self._send(b"0\r\n\r\n", slow)

    async def _send_broken(self, body, fault):
        """Half of a reply; then a text and a proper end, or none at all."""
        part = body[:fault.get("after", len(body) // 2)]
        part += fault.get("text", "").encode()
        await self._send(b"%x\r\n%b\r\n" % (len(part), part))
        if "text" in fault:
            await self._send(b"0\r\n\r\n")
        elif fault.get("how") == "reset":
            self.abort()
        raise ConnectionAbortedError

    async def _send_stream(self, stream):
        """Sends what is queued until either side closes."""
        headers = {"Content-Type": "text/event-stream",
                   "X-Accel-Buffering": "no", "Content-Encoding": "identity",
                   "Transfer-Encoding": "chunked"}
        self.server.streams.add(stream)
        gone = asyncio.ensure_future(self.reader.read(1))
        gone.add_done_callback(lambda _: stream.put(None))
        try:
            await self._send(self._head(200, headers))
            stream.opened()
            while (data := await stream.queue.get()) is not None:
                if stream.muted:
                    continue
                if self.faults.break_stream:
                    half = data[:len(data) // 2]
                    await self._send(b"%x\r\n%b" % (len(data), half))
                    return
                await self._send(b"%x\r\n%b\r\n" % (len(data), data))
        finally:
            gone.cancel()
            self.server.streams.discard(stream)
            stream.closed()

    def abort(self):
        """Closes with a reset, if it is still open."""
        if self.writer.transport.is_closing():
            return
        linger = b"\x01\0\0\0\0\0\0\0"
        self.writer.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.writer.transport.abort()


class Server:
    """Listens on loopback and keeps the connections, streams and the log."""

    def __init__(self, handle, faults):
        self.handle = handle
        self.faults = faults
        self.connections = set()
        self.streams = set()
        self.log = []
        self.port = 0
        self.listener = None

    async def open(self, port):
        """Listens; port 0 picks a free one, kept from then on."""
        self.listener = await asyncio.start_server(
            self._accept, "127.0.0.1", port, limit=HEAD_MAX,
            reuse_address=True)
        self.port = self.listener.sockets[0].getsockname()[1]

    async def close(self):
        """Refuses new connections and resets those there are."""
        self.listener.close()
        for connection in list(self.connections):
            connection.abort()
        self.streams.clear()
        await asyncio.sleep(0)

    async def _accept(self, reader, writer):
        connection = Connection(self, reader, writer)
        writer.get_extra_info("socket").setsockopt(
            socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connections.add(connection)
        try:
            await connection.run()
        finally:
            self.connections.discard(connection)

    def record(self, request):
        """Adds a request to the log; "status" joins when it is answered."""
        self.log.append({
            "time_s": time.time(), "monotonic_s": time.monotonic(),
            "method": request.method, "path": request.path,
            "query": request.query, "target": request.target,
            "headers": request.headers,
            "body": request.body.decode("utf-8", "replace")})
        return self.log[-1]
