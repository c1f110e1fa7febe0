"""python-fido2 as a client that verifies its user with a PIN: python_fido2_pin.py /dev/hidrawN [1|2]

The number is the PIN/UV auth protocol to use (default: two, python-fido2's preference). The key must not require a touch
or have a PIN. The script leaves it with five tries, and it must then be replugged.
"""
import sys

from fido2.client import ClientError, DefaultClientDataCollector, Fido2Client, UserInteraction
from fido2.ctap import CtapError
from fido2.ctap2 import Ctap2
from fido2.ctap2.pin import ClientPin, PinProtocolV1, PinProtocolV2
from fido2.hid import CtapHidDevice
from fido2.server import Fido2Server
from fido2.webauthn import PublicKeyCredentialRpEntity

from checks import Checks

PATH = sys.argv[1]
NUMBER = int(sys.argv[2]) if len(sys.argv) > 2 else 2
PROTOCOL = {1: PinProtocolV1, 2: PinProtocolV2}[NUMBER]
PIN, NEW_PIN, WRONG_PIN = "Pässwort", "新しい暗証番号", "Passwort"
SERVER = Fido2Server(PublicKeyCredentialRpEntity(name="Example", id="example.com"))
USER = {"id": b"user", "name": "aelfgifu"}
ClientPin.PROTOCOLS = [PROTOCOL]


class Person(UserInteraction):
    pin = PIN
    asked = 0

    def request_pin(self, permissions, rp_id):
        self.asked += 1
        assert rp_id == "example.com"
        return self.pin


def find():
    return next(device for device in CtapHidDevice.list_devices() if device.descriptor.path == PATH)


def pin():
    return ClientPin(Ctap2(device), PROTOCOL())


def is_set(wanted):
    info = Ctap2(device).get_info()
    assert info.options["clientPin"] is wanted, info.options
    assert NUMBER in info.pin_uv_protocols


def register(resident="discouraged"):
    options, state = SERVER.register_begin(USER, user_verification="required", resident_key_requirement=resident)
    asked = person.asked
    credential = SERVER.register_complete(state, client.make_credential(options.public_key))
    assert credential.is_user_verified() and person.asked == asked + 1
    return credential.credential_data


def log_in(credential, allowed=None):
    options, state = SERVER.authenticate_begin(allowed, user_verification="required")
    response = client.get_assertion(options.public_key).get_response(0)
    assert response.response.authenticator_data.is_user_verified()
    SERVER.authenticate_complete(state, [credential], response)
    return response


def log_in_by_name(credential):
    options, _ = SERVER.authenticate_begin(user_verification="required")
    assertion, = client.get_assertion(options.public_key).get_assertions()
    assert assertion.user["id"] == USER["id"] and assertion.user["name"] == USER["name"], assertion.user


def log_in_unverified(credential):
    options, _ = SERVER.authenticate_begin([credential], user_verification="discouraged")
    asked = person.asked
    response = client.get_assertion(options.public_key).get_response(0)
    assert not response.response.authenticator_data.is_user_verified() and person.asked == asked


def refused(code, function, *arguments):
    try:
        function(*arguments)
    except CtapError as error:
        assert error.code == code, error
    except ClientError as error:
        assert error.cause.code == code, error.cause
    else:
        raise AssertionError(f"was not refused with {code!r}")


def has_tries(tries, wants_power_cycle=False):
    assert pin().get_pin_retries() == (tries, wants_power_cycle), pin().get_pin_retries()


def three_wrong_ones():
    person.pin = WRONG_PIN
    for tries, code in ((7, CtapError.ERR.PIN_INVALID), (6, CtapError.ERR.PIN_INVALID),
                        (5, CtapError.ERR.PIN_AUTH_BLOCKED)):
        refused(code, log_in, credential, [credential])
        has_tries(tries, tries == 5)


checks = Checks()
device = checks.check("its own enumeration finds the key", find)
if not device:
    checks.finish()
person = Person()
client = Fido2Client(device, DefaultClientDataCollector("https://login.example.com"), user_interaction=person)
checks.check("no PIN is set", is_set, False)
checks.check("a PIN is set", lambda: pin().set_pin(PIN))
checks.check("the key says so", is_set, True)
checks.check("it cannot be set again", refused, CtapError.ERR.PIN_AUTH_INVALID, lambda: pin().set_pin(NEW_PIN))
credential = checks.check("register, user verified", register)
if credential:
    checks.check("log in, user verified", log_in, credential, [credential])
    checks.check("log in without the PIN", log_in_unverified, credential)
discoverable = checks.check("register, discoverable, user verified", register, "required")
if discoverable:
    checks.check("log in by RP ID alone, user verified", log_in, discoverable)
    checks.check("the response has the names", log_in_by_name, discoverable)
checks.check("getPinToken as of CTAP 2.0", lambda: pin().get_pin_token(PIN))
checks.check("a change requires the old PIN", refused, CtapError.ERR.PIN_INVALID, lambda: pin().change_pin(WRONG_PIN, NEW_PIN))
checks.check("a wrong one costs a try", has_tries, 7)
checks.check("the PIN is changed", lambda: pin().change_pin(PIN, NEW_PIN))
checks.check("all tries are restored", has_tries, 8)
person.pin = NEW_PIN
if credential:
    checks.check("log in with the new PIN", log_in, credential, [credential])
    checks.check("after three wrong ones the key must be replugged", three_wrong_ones)
    person.pin = NEW_PIN
    checks.check("until then it rejects even the right one", refused, CtapError.ERR.PIN_AUTH_BLOCKED, log_in, credential, [credential])
checks.finish()
