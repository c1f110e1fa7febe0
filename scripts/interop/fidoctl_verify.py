"""python-fido2 as the client, `fidoctl verify` as the relying party: fidoctl_verify.py FIDOCTL /dev/hidrawN

It must accept a registration and a login, and refuse each once any byte of what is signed has changed. The key must not
require a touch.
"""
import base64
import concurrent.futures
import copy
import json
import pathlib
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


def with_member(document, member, data):
    changed = copy.deepcopy(document)
    changed["response"][member] = base64url(data)
    return changed


def flips(data):
    for place in range(len(data)):
        yield data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1:]


def with_flips(document, member):
    """The document with each byte of this member of its response changed."""
    return [with_member(document, member, data) for data in flips(decoded(document["response"][member]))]


def with_flips_in_attestation(document, change):
    """The document with each change of its attestation object. Members that repeat parts of that are left out."""
    bare = copy.deepcopy(document)
    bare["response"] = {name: bare["response"][name] for name in ("attestationObject", "clientDataJSON")}
    whole = cbor.decode(decoded(bare["response"]["attestationObject"]))
    return [with_member(bare, "attestationObject", cbor.encode(each)) for each in change(whole)]


def auth_data_flips(whole):
    return ({**whole, "authData": data} for data in flips(whole["authData"]))


def signature_flips(whole):
    return ({**whole, "attStmt": {**whole["attStmt"], "sig": data}} for data in flips(whole["attStmt"]["sig"]))


def all_refused(documents, *arguments):
    assert documents
    with concurrent.futures.ThreadPoolExecutor() as threads:
        for number, (status, said) in enumerate(threads.map(lambda document: verify(document, *arguments), documents)):
            if status not in (NOT_VERIFIED, UNSUPPORTED, BAD_DATA):
                raise AssertionError(f"change {number} of {len(documents)}: exited with {status}: {said}")


checks = Checks()
with tempfile.TemporaryDirectory() as folder:
    file = pathlib.Path(folder, "registration.json")
    made = checks.check("a registration is accepted", register)
    if made:
        credential, registration, challenge = made
        file.write_text(json.dumps(registration))
        checks.check("not with any byte of its authenticator data changed", all_refused,
                     with_flips_in_attestation(registration, auth_data_flips), challenge)
        checks.check("not with any byte of its attestation signature changed", all_refused,
                     with_flips_in_attestation(registration, signature_flips), challenge)
        checks.check("not with any byte of its client data changed", all_refused,
                     with_flips(registration, "clientDataJSON"), challenge)
        made = checks.check("a login is accepted", log_in, credential, file)
    if made:
        login, challenge = made
        for member in ("authenticatorData", "clientDataJSON", "signature"):
            checks.check(f"not with any byte of its {member} changed", all_refused,
                         with_flips(login, member), challenge, "--credential", file)
checks.finish()
