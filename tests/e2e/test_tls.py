"""A hub behind TLS: whom mirror-fetch believes, and that nothing is said to
anybody else."""

import pathlib
import socket
import ssl
import subprocess
import threading

from rig import EndToEnd, hub_config


class TlsFront:
    """Takes TLS connections on loopback and passes their bytes to a hub."""

    def __init__(self, hub_port, certificate, key, **limits):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        for name, value in limits.items():
            setattr(self.context, name, value)
        self.hub_port = hub_port
        self.passed = 0  # connections whose handshake was completed
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=[peer],
                             daemon=True).start()

    def _serve(self, peer):
        try:
            with self.context.wrap_socket(peer, server_side=True) as secure:
                self._pass_on(secure)
        except OSError:
            peer.close()

    def _pass_on(self, secure):
        request = secure.recv(65536)
        if not request:
            return
        self.passed += 1
        with socket.create_connection(("127.0.0.1", self.hub_port)) as hub:
            hub.sendall(request)
            while piece := hub.recv(65536):
                secure.sendall(piece)

    def stop(self):
        self.listener.close()


class Tls(EndToEnd):
    def certificate(self, names="IP:127.0.0.1"):
        """(certificate, key) files, signed by itself."""
        home = pathlib.Path(self.folder())
        files = home / "hub.crt", home / "hub.key"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
             "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
             "/CN=hub", "-addext", f"subjectAltName={names}",
             "-out", files[0], "-keyout", files[1]],
            check=True, stderr=subprocess.DEVNULL)
        return files

    def front(self, hub, files, **limits):
        front = TlsFront(hub.port, *files, **limits)
        self.addCleanup(front.stop)
        return front

    def refused(self, hub, front, extra=""):
        """The hub is not believed, and heard no request."""
        fetch = self.fetch(hub_config(front.url, extra))
        fetch.state("hub", "certificate")
        self.assertEqual(front.passed, 0)
        return fetch

    def test_the_certificate_of_the_config_is_believed(self):
        hub, files = self.hub(), self.certificate()
        front = self.front(hub, files)
        fetch = self.fetch(hub_config(front.url, f"ca_file = {files[0]}\n"))
        fetch.data("lights")
        fetch.state("hub", "ok")

    def test_an_unknown_one_is_not(self):
        hub = self.hub()
        self.refused(hub, self.front(hub, self.certificate()))

    def test_nor_one_that_is_not_the_configs(self):
        hub = self.hub()
        other, _ = self.certificate()
        self.refused(hub, self.front(hub, self.certificate()),
                     f"ca_file = {other}\n")

    def test_nor_one_of_another_name(self):
        hub, files = self.hub(), self.certificate("IP:127.0.0.2,DNS:hub")
        self.refused(hub, self.front(hub, files), f"ca_file = {files[0]}\n")

    def test_nor_a_certificate_file_that_is_none(self):
        hub = self.hub()
        self.refused(hub, self.front(hub, self.certificate()),
                     "ca_file = /dev/null\n")

    def test_old_tls_is_refused(self):
        hub, files = self.hub(), self.certificate()
        front = self.front(hub, files,
                           minimum_version=ssl.TLSVersion.TLSv1,
                           maximum_version=ssl.TLSVersion.TLSv1_1)
        self.refused(hub, front, f"ca_file = {files[0]}\n")

    def test_plain_text_is_no_tls(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)

        def answer():
            peer, _ = listener.accept()
            with peer:
                peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                peer.recv(65536)

        threading.Thread(target=answer, daemon=True).start()
        port = listener.getsockname()[1]
        fetch = self.fetch(hub_config(f"https://127.0.0.1:{port}"))
        fetch.state("hub", "certificate")
