"""python-fido2 as the client (with its own hidraw code) and as the relying party: python_fido2.py /dev/hidrawN

The key must not require a touch. The script leaves a discoverable credential on it.
"""
import sys

from fido2.attestation import Attestation
from fido2.client import DefaultClientDataCollector, Fido2Client, UserInteraction
from fido2.cose import ES256, ES384, MLDSA44, MLDSA65, MLDSA87, PS256, EdDSA, RS256
from fido2.ctap2 import Ctap2
from fido2.hid import CtapHidDevice
from fido2.server import Fido2Server
from fido2.webauthn import PublicKeyCredentialParameters, PublicKeyCredentialRpEntity, PublicKeyCredentialType

from checks import Checks

PATH = sys.argv[1]
RP = PublicKeyCredentialRpEntity(name="Example", id="example.com")
USER = {"id": b"\x00\xff user", "name": "aelfgifu", "displayName": "Ælfgifu"}


def find():
    return next(device for device in CtapHidDevice.list_devices() if device.descriptor.path == PATH)


def ping(length):
    data = bytes(index % 251 for index in range(length))
    assert device.ping(data) == data


def verify_attestation(attestation, client_data_hash):
    statement = Attestation.for_type(attestation.fmt)()
    statement.verify(attestation.att_stmt, attestation.auth_data, client_data_hash)


def server(algorithm):
    server = Fido2Server(RP, attestation="direct", verify_attestation=verify_attestation)
    server.allowed_algorithms = [PublicKeyCredentialParameters(type=PublicKeyCredentialType.PUBLIC_KEY,
                                                               alg=algorithm.ALGORITHM)]
    return server


def register(algorithm, resident="discouraged"):
    options, state = server(algorithm).register_begin(
        USER, resident_key_requirement=resident, user_verification="discouraged")
    response = client.make_credential(options.public_key)
    credential = server(algorithm).register_complete(state, response).credential_data
    assert isinstance(credential.public_key, algorithm), credential.public_key
    return credential


def log_in(credential, allowed):
    relying_party = server(type(credential.public_key))
    options, state = relying_party.authenticate_begin(allowed, user_verification="discouraged")
    selection = client.get_assertion(options.public_key)
    response = selection.get_response(0)
    assert response.raw_id == credential.credential_id
    relying_party.authenticate_complete(state, [credential], response)


def is_excluded(credential):
    options, _ = server(ES256).register_begin(USER, [credential], user_verification="discouraged")
    try:
        client.make_credential(options.public_key)
    except Exception as error:
        if "CREDENTIAL_EXCLUDED" in str(error):
            return
        raise
    raise AssertionError("the key made a second credential")


checks = Checks()
device = checks.check("its own enumeration finds the key", find)
if not device:
    checks.finish()
client = Fido2Client(device, DefaultClientDataCollector("https://login.example.com"), user_interaction=UserInteraction())
for length in (0, 57, 58, 1024):
    checks.check(f"PING of {length} bytes", ping, length)
checks.check("getInfo", lambda: Ctap2(device).get_info())
for algorithm in (ES256, ES384, EdDSA, RS256, PS256, MLDSA44, MLDSA65, MLDSA87):
    credential = checks.check(f"register, {algorithm.__name__}, attestation verified", register, algorithm)
    if credential:
        checks.check(f"log in, {algorithm.__name__}", log_in, credential, [credential])
credential = checks.check("register, discoverable", register, ES256, "required")
if credential:
    checks.check("log in by RP ID alone", log_in, credential, None)
    checks.check("a registered key is excluded", is_excluded, credential)
checks.finish()
