"""A provider of logins on this machine: OpenID Connect with PKCE, over real HTTP, with real signatures."""

import base64
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "masthead", "between us"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(BaseHTTPRequestHandler):
    """One person at a time is signed in at it: `person`."""

    person: ClassVar[dict[str, Any]] = {}
    codes: ClassVar[dict[str, dict[str, str]]] = {}
    broken: ClassVar[bool] = False

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if self.broken:
            self.send_error(503)
        elif path == "/.well-known/openid-configuration":
            at = self.here()
            self.say(
                {
                    "issuer": at,
                    "authorization_endpoint": f"{at}/authorize",
                    "token_endpoint": f"{at}/token",
                    "userinfo_endpoint": f"{at}/userinfo",
                    "jwks_uri": f"{at}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_basic"],
                }
            )
        elif path == "/authorize":
            asked = {name: values[0] for name, values in query.items()}
            code = secrets.token_urlsafe(8)
            self.codes[code] = asked
            onward = urlencode({"code": code, "state": asked["state"]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{onward}")
            self.end_headers()
        elif path == "/userinfo":
            self.say(self.person)
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        asked = self.codes.pop(sent["code"][0], None)
        right = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        proof = (
            base64.urlsafe_b64encode(sha256(sent["code_verifier"][0].encode()).digest()).rstrip(b"=").decode()
        )
        if asked is None or self.headers["Authorization"] != right or asked["code_challenge"] != proof:
            self.send_error(400)
            return
        now = int(time.time())
        claims = {"iss": self.here(), "aud": CLIENT, "iat": now, "exp": now + 60} | self.person
        token = jwt.encode(claims, KEY, "RS256", headers={"kid": "1"})
        self.say({"access_token": "access", "token_type": "Bearer", "expires_in": 60, "id_token": token})

    def here(self) -> str:
        return f"http://{self.headers['Host']}"

    def say(self, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served() -> Iterator[tuple[type[Provider], str]]:
    """The provider, and its address."""
    handler = type("ThisProvider", (Provider,), {"person": {}, "codes": {}, "broken": False})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield handler, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
