"""Peers that are none: a server that says exactly what a test hands it."""

import socket
import threading

OK_JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


class RawServer:
    """Listens on loopback and answers every request with the bytes `answer`,
    or calls it with the connection and the request. What it is asked stands in
    `requests`, how often it was connected to in `connects`."""

    def __init__(self, answer, port=0, host="127.0.0.1"):
        self.answer = answer
        self.connects = 0
        self.requests = []
        self.peers = []
        if host:
            self.listener = socket.create_server((host, port))
        else:  # every address there is
            self.listener = socket.create_server(
                ("::", port), family=socket.AF_INET6, dualstack_ipv6=True)
        self.port = self.listener.getsockname()[1]
        self.url = f"http://{host}:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            self.connects += 1
            self.peers.append(peer)
            threading.Thread(target=self._serve, args=[peer],
                             daemon=True).start()

    def _serve(self, peer):
        try:
            with peer:
                request = self._read(peer)
                self.requests.append(request)
                if callable(self.answer):
                    if request:  # nothing came if the other side went
                        self.answer(peer, request)
                else:
                    peer.sendall(self.answer)
                peer.shutdown(socket.SHUT_WR)
                peer.recv(1)  # what is unread would make the end a reset
        except OSError:
            pass

    def _read(self, peer):
        """The head of a request, or what came before the other side went."""
        request = b""
        while b"\r\n\r\n" not in request and (piece := peer.recv(65536)):
            request += piece
        return request

    def stop(self):
        """Ends the listener, whoever waits in it, and all connections."""
        for each in (self.listener, *self.peers):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it was closed before
            each.close()


def say_nothing(peer, _request):
    """Accepts and falls silent, until the other side goes."""
    peer.recv(1)


def body(data, *headers):
    """A whole reply of JSON, with these headers."""
    lines = b"".join(line.encode() + b"\r\n" for line in headers)
    return (OK_JSON + lines
            + b"Content-Length: %d\r\n\r\n" % len(data) + data)


def chunk(size, data=b""):
    """A reply whose first chunk claims this size."""
    return (OK_JSON + b"Transfer-Encoding: chunked\r\n\r\n"
            + size + b"\r\n" + data)
