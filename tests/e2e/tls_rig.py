"""A hub behind TLS, and certificates of every kind, made by openssl."""

import pathlib
import socket
import ssl
import subprocess
import threading

from rig import EndToEnd, hub_config

# What openssl needs to sign for another time than now.
AUTHORITY = """
[ca]
default_ca = here
[here]
database = index.txt
new_certs_dir = .
default_md = sha256
policy = any
rand_serial = yes
x509_extensions = hub
[any]
commonName = supplied
[hub]
subjectAltName = IP:127.0.0.1
"""


class TlsFront:
    """Takes TLS connections on loopback and passes their bytes to a hub."""

    def __init__(self, hub_port, certificate, key, host="127.0.0.1", port=0,
                 **limits):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        for name, value in limits.items():
            setattr(self.context, name, value)
        self.hub_port = hub_port
        self.passed = 0  # connections whose handshake was completed
        self.listener = socket.create_server((host, port))
        self.url = f"https://{host}:{self.listener.getsockname()[1]}"
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


def make_key(home, command):
    """(certificate, key) files of an openssl command with a new key."""
    files = home / "hub.crt", home / "hub.key"
    subprocess.run(
        ["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=hub",
         "-keyout", files[1], *command],
        cwd=home, check=True, stderr=subprocess.DEVNULL)
    return files


class TlsCase(EndToEnd):
    def certificate(self, names="IP:127.0.0.1"):
        """(certificate, key) files, signed by itself."""
        return make_key(pathlib.Path(self.folder()),
                        ["-x509", "-days", "2", "-addext",
                         f"subjectAltName={names}", "-out", "hub.crt"])

    def certificate_for(self, begin, end):
        """The same, good between two years."""
        home = pathlib.Path(self.folder())
        (home / "ca.conf").write_text(AUTHORITY)
        (home / "index.txt").touch()
        files = make_key(home, ["-out", "hub.csr"])
        subprocess.run(
            ["openssl", "ca", "-batch", "-selfsign", "-config", "ca.conf",
             "-notext", "-keyfile", files[1], "-in", "hub.csr",
             "-out", files[0], "-startdate", f"{begin}0101000000Z",
             "-enddate", f"{end}0101000000Z"],
            cwd=home, check=True, stderr=subprocess.DEVNULL)
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
