# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""A provider on loopback: plain HTTP, or HTTPS behind a proxy that ends TLS with a certificate of a throw-away CA."""

import base64
import http.server
import json
import os
import ssl
import subprocess
import threading
import time

SYSTEM_BUNDLE = "/etc/ssl/certs/ca-certificates.crt"


def jwt(claims):
    """Unsigned: the clients read claims and check no signature."""
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
    return f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(claims)}.c2lnbmF0dXJl"


class Request:
    def __init__(self, handler, host):
        self.method, self.host = handler.command, host
        self.path = handler.path.split("?")[0]
        self.headers = handler.headers
        self.body = _body(handler)

    def json(self):
        return json.loads(self.body)


def _body(handler):
    if "chunked" in handler.headers.get("Transfer-Encoding", ""):
        body = b""
        while size := int(handler.rfile.readline().split(b";")[0], 16):
            body += handler.rfile.read(size)
            handler.rfile.readline()
        handler.rfile.readline()
        return body
    return handler.rfile.read(int(handler.headers.get("Content-Length", 0)))


class Provider:
    """Serves `answer(request) -> (status, value) or (status, value, headers)` until the test ends, and keeps what was
    asked in `requests`."""

    def __init__(self, answer, certificate=None):
        self.requests = []
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(self, answer, certificate))
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # a client that was ended does not hear its answer
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def asked(self, path):
        return [request for request in self.requests if request.path == path]


def _handler(provider, answer, certificate):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        host = ""

        def do_CONNECT(self):  # pylint: disable=invalid-name
            self.host = self.path.split(":")[0]
            self.send_response(200)
            self.end_headers()
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate.chain, certificate.key)
            self.connection = context.wrap_socket(self.connection, server_side=True)
            self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
            self.close_connection = False

        def serve(self):
            request = Request(self, self.host)
            provider.requests.append(request)
            status, value, *more = answer(request)
            body = json.dumps(value).encode()
            self.send_response(status)
            for name, text in {"Content-Type": "application/json", "Content-Length": str(len(body)),
                               "request-id": f"req_{len(provider.requests)}", **(more[0] if more else {})}.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_HEAD = serve

        def log_message(self, *_):
            pass

    return Handler


class Certificate:
    """One leaf for all the names, under a CA that lives as long as the test's home."""

    def __init__(self, directory, names):
        os.makedirs(directory)
        self.authority, self.chain, self.key = (os.path.join(directory, name) for name in ("ca.pem", "leaf.pem", "leaf.key"))
        self.bundle = os.path.join(directory, "bundle.pem")
        authority_key, request, extensions = (os.path.join(directory, name) for name in ("ca.key", "leaf.csr", "leaf.ext"))
        with open(extensions, "w", encoding="ascii") as file:
            file.write("basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName="
                       + ",".join(f"DNS:{name}" for name in names) + "\n")
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        self._openssl("req", "-x509", *curve, "-keyout", authority_key, "-out", self.authority, "-days", "2",
                      "-subj", "/CN=Keytender test CA")
        self._openssl("req", *curve, "-keyout", self.key, "-out", request, "-subj", f"/CN={names[0]}")
        self._openssl("x509", "-req", "-in", request, "-CA", self.authority, "-CAkey", authority_key, "-CAcreateserial",
                      "-days", "2", "-extfile", extensions, "-out", self.chain)
        with open(self.bundle, "wb") as file:
            for source in (SYSTEM_BUNDLE, self.authority):
                if os.path.exists(source):
                    with open(source, "rb") as part:
                        file.write(part.read())

    @staticmethod
    def _openssl(*arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def now():
    return int(time.time())
