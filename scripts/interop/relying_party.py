"""A relying party for browsers and command lines, judged by py_webauthn: a page on http://localhost, and JSON.

Both sides are what any site has: the page calls navigator.credentials with the options that it fetches, and posts the
responses. A program fetches and posts the same.
"""
import dataclasses
import http.server
import json
import threading

from webauthn import (generate_authentication_options, generate_registration_options, verify_authentication_response,
                      verify_registration_response)
from webauthn.helpers import base64url_to_bytes, options_to_json_dict
from webauthn.helpers.structs import (AttestationConveyancePreference, AuthenticatorSelectionCriteria,
                                      PublicKeyCredentialDescriptor, ResidentKeyRequirement, UserVerificationRequirement)

RP_ID = "localhost"
PAGE = """<!DOCTYPE html>
<title>Relying party</title>
<script>
async function post(path, body) {
  const response = await fetch(path, {method: "POST", body: JSON.stringify(body)});
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}
async function register(wanted) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await post("/register/options", wanted));
  const credential = await navigator.credentials.create({publicKey, signal: abort?.signal});
  return post("/register", credential.toJSON());
}
async function login(wanted) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await post("/login/options", wanted));
  const credential = await navigator.credentials.get({publicKey, signal: abort?.signal});
  return post("/login", credential.toJSON());
}
var abort, outcome;
// Begins a ceremony, after ending one that is still going on; `outcome` is null until this one has ended.
function begin(ceremony, wanted) {
  abort?.abort();
  const controller = abort = new AbortController();
  const end = (value) => { if (controller === abort) outcome = value; };
  outcome = null;
  ceremony(wanted).then((done) => end({done}), (error) => end({error: `${error.name}: ${error.message}`}));
}
</script>
"""
ALGORITHMS = [-7, -8, -257]


@dataclasses.dataclass
class Credential:
    user: str
    public_key: bytes
    sign_count: int


class RelyingParty:
    """Listens until the end of the `with` block. Its accounts begin empty."""

    def __enter__(self):
        relying_party = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.answer(200, "text/html", PAGE.encode())

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                try:
                    status, result = 200, relying_party.answer(self.path, body)
                except Exception as error:  # noqa: BLE001  the client gets to know why
                    status, result = 400, {"error": f"{type(error).__name__}: {error}"}
                self.answer(status, "application/json", json.dumps(result).encode())

            def answer(self, status, kind, data):
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.credentials, self.challenges = {}, {}
        self.server = http.server.ThreadingHTTPServer(("localhost", 0), Handler)
        self.origin = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, path, body):
        match path:
            case "/register/options":
                return self.creation_options(**body)
            case "/register":
                return self.register(body)
            case "/login/options":
                return self.request_options(**body)
            case "/login":
                return self.log_in(body)
        raise ValueError(f"no such path: {path}")

    # The ceremonies

    def creation_options(self, user, resident="discouraged", verification="discouraged", attestation="none",
                         algorithms=ALGORITHMS, extensions=None):
        options = generate_registration_options(
            rp_id=RP_ID, rp_name="Example", user_name=user, user_id=user.encode(), user_display_name=user.title(),
            attestation=AttestationConveyancePreference(attestation), supported_pub_key_algs=algorithms,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement(resident), user_verification=UserVerificationRequirement(verification)),
            exclude_credentials=self.descriptors(user))
        return self.issue(options, user, verification, extensions)

    def request_options(self, user=None, verification="discouraged", extensions=None):
        """Without a user, the key offers the accounts that it holds."""
        options = generate_authentication_options(
            rp_id=RP_ID, user_verification=UserVerificationRequirement(verification),
            allow_credentials=self.descriptors(user))
        return self.issue(options, user, verification, extensions)

    def issue(self, options, user, verification, extensions):
        """The options as JSON; their challenge serves one response."""
        wanted = options_to_json_dict(options)
        if extensions:
            wanted["extensions"] = extensions
        self.challenges[wanted["challenge"]] = user, verification == "required"
        return wanted

    def register(self, response):
        expected, user = self.expected(response)
        made = verify_registration_response(**expected, supported_pub_key_algs=ALGORITHMS)
        self.credentials[response["id"]] = Credential(user, made.credential_public_key, made.sign_count)
        return self.verdict(response, user, made)

    def log_in(self, response):
        expected, user = self.expected(response)
        credential = self.credentials[response["id"]]
        if user not in (None, credential.user):
            raise ValueError("a credential of another account")
        if user is None and base64url_to_bytes(response["response"]["userHandle"]) != credential.user.encode():
            raise ValueError("a user handle of another account")
        proved = verify_authentication_response(
            **expected, credential_public_key=credential.public_key,
            credential_current_sign_count=credential.sign_count)
        credential.sign_count = proved.new_sign_count
        return self.verdict(response, credential.user, proved)

    def expected(self, response):
        """What the response to one of our challenges is verified against, and whose it is."""
        challenge = json.loads(base64url_to_bytes(response["response"]["clientDataJSON"]))["challenge"]
        user, verified = self.challenges.pop(challenge)
        return {"credential": response, "expected_challenge": base64url_to_bytes(challenge), "expected_rp_id": RP_ID,
                "expected_origin": self.origin, "require_user_verification": verified}, user

    def verdict(self, response, user, verified):
        return {"user": user, "id": response["id"], "userVerified": verified.user_verified,
                "extensions": response["clientExtensionResults"]}

    def descriptors(self, user):
        return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(id)) for id, credential in self.credentials.items()
                if credential.user == user]
