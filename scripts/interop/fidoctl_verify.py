"""python-fido2 as the client, `fidoctl verify` as the relying party: fidoctl_verify.py FIDOCTL /dev/hidrawN

It must accept a registration and a login, and refuse each once any byte of what is signed has changed. The key must not
require a touch.
"""
import base64
import concurrent.futures
import copy
import json
import pathlib
import ssl
import subprocess
import sys
import tempfile

from fido2 import cbor
from fido2.client import DefaultClientDataCollector, Fido2Client, UserInteraction
from fido2.hid import CtapHidDevice
from fido2.server import Fido2Server
from fido2.webauthn import PublicKeyCredentialRpEntity

from checks import Checks, base64url
from judged import ORIGIN, RP_ID

FIDOCTL, PATH = sys.argv[1:]
NOT_VERIFIED, UNSUPPORTED, BAD_DATA = 20, 16, 65

server = Fido2Server(PublicKeyCredentialRpEntity(name="Example", id=RP_ID), attestation="direct")
device = next(device for device in CtapHidDevice.list_devices() if device.descriptor.path == PATH)
client = Fido2Client(device, DefaultClientDataCollector(ORIGIN), user_interaction=UserInteraction())


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def verify(document, challenge, *options):
    """The exit status and messages of `fidoctl verify`."""
    done = subprocess.run(
        [FIDOCTL, "verify", "-", "--rp-id", RP_ID, "--origin", ORIGIN, "--challenge", challenge, "--require-attestation",
         *options],
        input=json.dumps(document), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def accepted(response, challenge, *options):
    status, said = verify(response, challenge, *options)
    if status:
        raise AssertionError(f"exited with {status}: {said}")


def register():
    options, state = server.register_begin({"id": b"user", "name": "aelfgifu"}, user_verification="discouraged")
    response = client.make_credential(options.public_key)
    credential = server.register_complete(state, response).credential_data
    registration = json.loads(json.dumps(dict(response)))
    accepted(registration, state["challenge"])
    return credential, registration, state["challenge"]


def log_in(credential, file):
    options, state = server.authenticate_begin([credential], user_verification="discouraged")
    response = client.get_assertion(options.public_key).get_response(0)
    login = json.loads(json.dumps(dict(response)))
    accepted(login, state["challenge"], "--credential", file)
    return login, state["challenge"]


def root(registration):
    """The key's certificate in PEM."""
    attestation = cbor.decode(decoded(registration["response"]["attestationObject"]))
    return ssl.DER_cert_to_PEM_cert(attestation["attStmt"]["x5c"][0])


def with_flips(document, member):
    """The document with each byte of this member of its response changed."""
    data = decoded(document["response"][member])
    for place in range(len(data)):
        changed = copy.deepcopy(document)
        changed["response"][member] = base64url(data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1:])
        yield changed


def all_refused(document, member, *arguments):
    with concurrent.futures.ThreadPoolExecutor() as threads:
        ends = threads.map(lambda changed: verify(changed, *arguments), with_flips(document, member))
        for place, (status, said) in enumerate(ends):
            if status not in (NOT_VERIFIED, UNSUPPORTED, BAD_DATA):
                raise AssertionError(f"byte {place} of {member} changed: exited with {status}: {said}")


checks = Checks()
with tempfile.TemporaryDirectory() as folder:
    file, roots = pathlib.Path(folder, "registration.json"), pathlib.Path(folder, "roots.pem")
    made = checks.check("a registration is accepted", register)
    if made:
        credential, registration, challenge = made
        file.write_text(json.dumps(registration))
        roots.write_text(root(registration))
        checks.check("also with its certificate as a root", accepted, registration, challenge, "--roots", roots)
        for name in ("authenticatorData", "publicKey", "publicKeyAlgorithm"):  # repeat parts of the attestation object
            registration["response"].pop(name, None)
        for member in ("attestationObject", "clientDataJSON"):
            checks.check(f"not with any byte of its {member} changed", all_refused,
                         registration, member, challenge, "--roots", roots)
        made = checks.check("a login is accepted", log_in, credential, file)
    if made:
        login, challenge = made
        for member in ("authenticatorData", "clientDataJSON", "signature"):
            checks.check(f"not with any byte of its {member} changed", all_refused,
                         login, member, challenge, "--credential", file)
checks.finish()
