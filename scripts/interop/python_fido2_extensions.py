"""fidoctl and python-fido2 get the same outputs of extensions: python_fido2_extensions.py FIDOCTL /dev/hidrawN [1|2]

The number is the PIN/UV auth protocol that python-fido2 uses. The key must not require a touch or have a PIN. The script
leaves a PIN and discoverable credentials on it.
"""
import base64
import contextlib
import json
import os
import subprocess
import sys

from fido2.client import DefaultClientDataCollector, Fido2Client, UserInteraction
from fido2.ctap2 import Ctap2
from fido2.ctap2.extensions import CredBlobExtension, HmacSecretExtension, LargeBlobExtension
from fido2.ctap2.pin import ClientPin, PinProtocolV1, PinProtocolV2
from fido2.hid import CtapHidDevice
from fido2.server import Fido2Server
from fido2.webauthn import PublicKeyCredentialRpEntity

from checks import Checks, base64url

FIDOCTL, PATH = sys.argv[1:3]
PROTOCOL = {1: PinProtocolV1, 2: PinProtocolV2}[int(sys.argv[3]) if len(sys.argv) > 3 else 2]
PIN = "0815-4711"
SERVER = Fido2Server(PublicKeyCredentialRpEntity(name="Example", id="example.com"))
ClientPin.PROTOCOLS = [PROTOCOL]
SALTS = [os.urandom(32), os.urandom(32)]
FIRST, SECOND = b"first input", b"second input"


class Person(UserInteraction):
    def request_pin(self, permissions, rp_id):
        return PIN


@contextlib.contextmanager
def opened():
    """The key; python-fido2 takes packets of other programs for its own, so it is closed in between."""
    device = next(device for device in CtapHidDevice.list_devices() if device.descriptor.path == PATH)
    try:
        yield device
    finally:
        device.close()


def client(device):
    extensions = [HmacSecretExtension(allow_hmac_secret=True), LargeBlobExtension(), CredBlobExtension()]
    return Fido2Client(device, DefaultClientDataCollector("https://example.com"), Person(), extensions)


def set_pin():
    with opened() as device:
        ClientPin(Ctap2(device), PROTOCOL()).set_pin(PIN)


def fidoctl(*arguments):
    command = [FIDOCTL, *arguments, "--device", PATH, "--pin-fd", "0"]
    return subprocess.run(command, input=PIN + "\n", capture_output=True, text=True, check=True).stdout


def register(extensions):
    """A discoverable credential that python-fido2 made, with the outputs."""
    options, state = SERVER.register_begin({"id": os.urandom(8), "name": "u"}, resident_key_requirement="required",
                                           user_verification="discouraged", extensions=extensions)
    with opened() as device:
        response = client(device).make_credential(options.public_key)
    SERVER.register_complete(state, response)
    return response.raw_id, response.client_extension_results


def log_in(credential, extensions, verification="required"):
    """The response to a login by python-fido2."""
    options, _ = SERVER.authenticate_begin(
        [{"type": "public-key", "id": credential}], user_verification=verification, extensions=extensions)
    with opened() as device:
        return client(device).get_assertion(options.public_key).get_response(0)


def outputs(credential, extensions, verification="required"):
    return log_in(credential, extensions, verification).client_extension_results


def ours(credential, *arguments):
    """The secrets that fidoctl prints."""
    return fidoctl("assert", "--rp-id", "example.com", "--allow", base64url(credential), *arguments).split()


def fidoctl_registers(*arguments):
    output = fidoctl("register", "--rp-id", "example.com", "--user", "v", "--discoverable", "--json", *arguments)
    return base64.urlsafe_b64decode(json.loads(output)["id"] + "==")


def same_prf(credential):
    theirs = outputs(credential, {"prf": {"eval": {"first": FIRST, "second": SECOND}}})["prf"]["results"]
    printed = ours(credential, "--prf", base64url(FIRST) + "," + base64url(SECOND))
    assert printed == [theirs["first"], theirs["second"]], printed


def same_by_credential(credential):
    inputs = {"evalByCredential": {base64url(credential): {"first": FIRST}}, "eval": {"first": SECOND}}
    theirs = outputs(credential, {"prf": inputs})["prf"]["results"]
    assert ours(credential, "--prf", base64url(FIRST)) == [theirs["first"]]


def same_at_registration():
    credential, made = register({"prf": {"eval": {"first": FIRST}}})
    assert made["prf"]["enabled"], made
    assert ours(credential, "--prf", base64url(FIRST)) == [made["prf"]["results"]["first"]]


def same_hmac_secret(credential, verification):
    inputs = {"hmacGetSecret": {"salt1": SALTS[0], "salt2": SALTS[1]}}
    theirs = outputs(credential, inputs, verification)["hmacGetSecret"]
    printed = ours(credential, "--hmac-secret", ",".join(map(base64url, SALTS)), "--user-verification", verification)
    assert printed == [theirs["output1"], theirs["output2"]], printed


def cred_blob():
    credential, _ = register({"credBlob": b"a blob"})
    arguments = ["assert", "--rp-id", "example.com", "--allow", base64url(credential), "--cred-blob", "--json"]
    printed = json.loads(fidoctl(*arguments))["clientExtensionResults"]
    assert printed == {"getCredBlob": base64url(b"a blob")}, printed
    credential = fidoctl_registers("--cred-blob", base64url(b"another"))
    # python-fido2 has no client output for it.
    signed = log_in(credential, {"getCredBlob": True}).response.authenticator_data.extensions
    assert signed == {"credBlob": b"another"}, signed


def large_blob():
    credential, data = fidoctl_registers("--large-blob"), b"large " * 50
    assert outputs(credential, {"largeBlob": {"write": data}})["largeBlob"]["written"]
    read = fidoctl("blobs", "get", "--rp-id", "example.com", "--id", base64url(credential))
    assert read == data.decode(), read
    assert outputs(credential, {"largeBlob": {"read": True}})["largeBlob"]["blob"] == base64url(data)


checks = Checks()
checks.check("python-fido2 sets a PIN", set_pin)
theirs_made, _ = checks.check("python-fido2 makes a credential with prf", register, {"prf": {}})
ours_made = checks.check("fidoctl makes a credential with a secret", fidoctl_registers, "--hmac-secret")
for maker, made in (("python-fido2", theirs_made), ("fidoctl", ours_made)):
    checks.check(f"prf, credential of {maker}: the same secrets", same_prf, made)
    for verification in ("required", "discouraged"):
        checks.check(f"hmac-secret, credential of {maker}, verification {verification}: the same secrets",
                     same_hmac_secret, made, verification)
checks.check("prf by credential: the same secret", same_by_credential, ours_made)
checks.check("prf at a registration: the secret of logins", same_at_registration)
checks.check("credBlob: each reads what the other stored", cred_blob)
checks.check("largeBlob: fidoctl reads what python-fido2 wrote", large_blob)
checks.finish()
