"""python-fido2 as the client of a key with a fingerprint reader and no PIN: python_fido2_uv.py /dev/hidrawN

The key's sensor must recognize the user at once (docs/scenarios.md: scenarios/keys/fingerprint.json).
"""
import sys

from fido2.client import DefaultClientDataCollector, Fido2Client, UserInteraction
from fido2.ctap2 import Ctap2
from fido2.ctap2.pin import ClientPin, PinProtocolV1, PinProtocolV2
from fido2.hid import CtapHidDevice
from fido2.server import Fido2Server
from fido2.webauthn import PublicKeyCredentialRpEntity

from checks import Checks

PATH = sys.argv[1]
SERVER = Fido2Server(PublicKeyCredentialRpEntity(name="Example", id="example.com"))


class Person(UserInteraction):
    fingers = 0

    def request_uv(self, permissions, rp_id):
        self.fingers += 1
        return True


def find():
    return next(device for device in CtapHidDevice.list_devices() if device.descriptor.path == PATH)


def register(protocol):
    ClientPin.PROTOCOLS = [protocol]
    options, state = SERVER.register_begin({"id": b"user", "name": "aelfgifu"}, user_verification="required")
    credential = SERVER.register_complete(state, client.make_credential(options.public_key))
    assert credential.is_user_verified()
    return credential.credential_data


def log_in(credential):
    options, state = SERVER.authenticate_begin([credential], user_verification="required")
    fingers = person.fingers
    response = client.get_assertion(options.public_key).get_response(0)
    assert response.response.authenticator_data.is_user_verified() and person.fingers == fingers + 1
    SERVER.authenticate_complete(state, [credential], response)


def retries():
    tries = ClientPin(Ctap2(device)).get_uv_retries()
    assert tries == 5, tries


checks = Checks()
device = checks.check("its own enumeration finds the key", find)
if not device:
    checks.finish()
person = Person()
client = Fido2Client(device, DefaultClientDataCollector("https://login.example.com"), user_interaction=person)
for protocol in (PinProtocolV1, PinProtocolV2):
    credential = checks.check(f"register with a finger, protocol {protocol.VERSION}", register, protocol)
    if credential:
        checks.check(f"log in with a finger, protocol {protocol.VERSION}", log_in, credential)
checks.check("getUVRetries", retries)
checks.finish()
