"""python-fido2 as the client and the relying party of a key that has U2F alone: python_fido2_u2f.py /dev/hidrawN

The key must not require a touch.
"""
import hashlib
import os
import sys

from fido2.attestation import Attestation
from fido2.client import DefaultClientDataCollector, Fido2Client, UserInteraction
from fido2.ctap1 import APDU, ApduError, Ctap1
from fido2.hid import CAPABILITY, CtapHidDevice
from fido2.server import Fido2Server
from fido2.webauthn import PublicKeyCredentialRpEntity

from checks import Checks

PATH = sys.argv[1]
APPLICATION = hashlib.sha256(b"example.com").digest()


def find():
    device = next(device for device in CtapHidDevice.list_devices() if device.descriptor.path == PATH)
    assert not device.capabilities & CAPABILITY.CBOR and not device.capabilities & CAPABILITY.NMSG
    return device


def version():
    assert u2f.get_version() == "U2F_V2"


def register():
    challenge = os.urandom(32)
    data = u2f.register(challenge, APPLICATION)
    data.verify(APPLICATION, challenge)
    return data


def authenticate(data):
    challenge, counters = os.urandom(32), []
    for _ in range(2):
        signature = u2f.authenticate(challenge, APPLICATION, data.key_handle)
        signature.verify(APPLICATION, challenge, data.public_key)
        assert signature.user_presence == 1
        counters.append(signature.counter)
    assert counters[0] < counters[1]


def status(function, *arguments, **options):
    try:
        function(*arguments, **options)
    except ApduError as error:
        return error.code
    return APDU.OK


def check_only(data):
    challenge = os.urandom(32)
    check = lambda application, handle: status(u2f.authenticate, challenge, application, handle, check_only=True)
    assert check(APPLICATION, data.key_handle) == APDU.USE_NOT_SATISFIED
    assert check(challenge, data.key_handle) == APDU.WRONG_DATA
    assert check(APPLICATION, b"other") == APDU.WRONG_DATA


def errors():
    assert status(u2f.send_apdu, ins=0x55) == 0x6D00
    assert status(u2f.send_apdu, cla=0x80, ins=3) == 0x6E00
    assert status(u2f.send_apdu, ins=1, data=b"short") == 0x6700


def verify_attestation(attestation, client_data_hash):
    assert attestation.fmt == "fido-u2f"
    Attestation.for_type(attestation.fmt)().verify(attestation.att_stmt, attestation.auth_data, client_data_hash)


def ceremony():
    server = Fido2Server(PublicKeyCredentialRpEntity(name="Example", id="example.com"), attestation="direct",
                         verify_attestation=verify_attestation)
    options, state = server.register_begin({"id": b"user", "name": "aelfgifu"}, user_verification="discouraged")
    credential = server.register_complete(state, client.make_credential(options.public_key)).credential_data
    options, state = server.authenticate_begin([credential], user_verification="discouraged")
    response = client.get_assertion(options.public_key).get_response(0)
    server.authenticate_complete(state, [credential], response)
    options, _ = server.register_begin({"id": b"user", "name": "aelfgifu"}, [credential], user_verification="discouraged")
    try:
        client.make_credential(options.public_key)
    except Exception as error:
        assert "DEVICE_INELIGIBLE" in str(error), error
        return
    raise AssertionError("the key made a second credential")


checks = Checks()
device = checks.check("INIT: no CBOR, and MSG", find)
if not device:
    checks.finish()
u2f = Ctap1(device)
checks.check("VERSION", version)
data = checks.check("REGISTER, signature of the certificate's key verified", register)
if data:
    checks.check("AUTHENTICATE, signatures verified, counter rising", authenticate, data)
    checks.check("AUTHENTICATE, check-only", check_only, data)
checks.check("status words of malformed requests", errors)
client = Fido2Client(device, DefaultClientDataCollector("https://login.example.com"), user_interaction=UserInteraction())
checks.check("its WebAuthn client registers, logs in and finds the key excluded, by U2F", ceremony)
checks.finish()
