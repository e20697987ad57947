"""A hub behind TLS: whom mirror-fetch believes, and that nothing is said to
anybody else."""

import socket
import ssl
import threading

from rig import TOKEN, hub_config
from tls_rig import TlsCase

PAGE = "[widget clock]\nposition = top_left\n"


def texts(scene):
    return [text["text"] for widget in scene["widgets"]
            for text in widget["texts"]]


class Tls(TlsCase):
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

    def test_nor_one_of_another_time(self):
        for begin, end in ((2001, 2002), (2098, 2099)):
            with self.subTest(begin=begin):
                hub, files = self.hub(), self.certificate_for(begin, end)
                front = self.front(hub, files)
                trusted = f"ca_file = {files[0]}\n"
                fetch = self.refused(hub, front, trusted)
                self.assertEqual(fetch.log().count("hub: certificate: "), 1)
                _, scene, _ = self.snapshot(
                    hub_config(front.url, trusted, PAGE), "--wait=20")
                self.assertIn("hub: certificate", texts(scene))

    def test_a_handshake_that_stalls(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        greetings, peers = [], []

        def listen():
            while True:
                try:
                    peer, _ = listener.accept()
                except OSError:
                    return
                peers.append(peer)  # open, and nothing is ever said
                greetings.append(peer.recv(65536))

        threading.Thread(target=listen, daemon=True).start()
        port = listener.getsockname()[1]
        fetch = self.fetch(hub_config(f"https://127.0.0.1:{port}",
                                      token_file="hub-token"))
        fetch.state("hub", "offline", timeout_s=60)
        self.assertIn("hub: offline: no answer in time", fetch.log())
        self.assertTrue(greetings[0].startswith(b"\x16\x03"), greetings)
        self.assertNotIn(TOKEN.encode(), b"".join(greetings))

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
