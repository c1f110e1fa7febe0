"""python-fido2 manages what is on a key: python_fido2_manage.py /dev/hidrawN [1|2]

The number is the PIN/UV auth protocol to use; python-fido2 takes two where it can. The key must answer without a touch, have
a sensor for fingers and know none, have no PIN yet, take a reset at any time, and take its first sample as good and its
second as bad. It is left as new.
"""
import os
import sys

from fido2.client import DefaultClientDataCollector, Fido2Client, UserInteraction
from fido2.cose import CoseKey
from fido2.ctap import CtapError
from fido2.ctap2 import Ctap2
from fido2.ctap2.bio import CaptureError, FPBioEnrollment
from fido2.ctap2.blob import LargeBlobs
from fido2.ctap2.config import Config
from fido2.ctap2.credman import CredentialManagement
from fido2.ctap2.extensions import HmacSecretExtension, LargeBlobExtension
from fido2.ctap2.pin import ClientPin, PinProtocolV1, PinProtocolV2
from fido2.hid import CtapHidDevice
from fido2.server import Fido2Server
from fido2.utils import sha256
from fido2.webauthn import PublicKeyCredentialRpEntity

from checks import Checks

PATH = sys.argv[1]
PROTOCOL = {1: PinProtocolV1, 2: PinProtocolV2}[int(sys.argv[2]) if len(sys.argv) > 2 else 2]
PIN = "Pässwort"
RESULT = CredentialManagement.RESULT
ClientPin.PROTOCOLS = [PROTOCOL]


class Person(UserInteraction):
    def request_pin(self, permissions, rp_id):
        return PIN


def find():
    return next(device for device in CtapHidDevice.list_devices() if device.descriptor.path == PATH)


def token(permission, rp_id=None):
    return ClientPin(ctap(), PROTOCOL()).get_pin_token(PIN, permission, rp_id)


def ctap():
    """With a getInfo of now."""
    return Ctap2(device)


def credentials(permission=ClientPin.PERMISSION.CREDENTIAL_MGMT):
    return CredentialManagement(ctap(), PROTOCOL(), token(permission))


def fingers():
    return FPBioEnrollment(ctap(), PROTOCOL(), token(ClientPin.PERMISSION.BIO_ENROLL))


def blobs():
    return LargeBlobs(ctap(), PROTOCOL(), token(ClientPin.PERMISSION.LARGE_BLOB_WRITE))


def config():
    return Config(ctap(), PROTOCOL(), token(ClientPin.PERMISSION.AUTHENTICATOR_CFG))


def register(rp_id, name):
    server = Fido2Server(PublicKeyCredentialRpEntity(name="Example", id=rp_id))
    client = Fido2Client(
        device, DefaultClientDataCollector(f"https://{rp_id}"), user_interaction=Person(),
        extensions=[LargeBlobExtension(), HmacSecretExtension(allow_hmac_secret=True)])
    options, state = server.register_begin(
        {"id": name.encode(), "name": name}, user_verification="required", resident_key_requirement="required",
        extensions={"largeBlob": {"support": "required"}, "hmacCreateSecret": True})
    result = client.make_credential(options.public_key)
    assert result.client_extension_results["largeBlob"]["supported"] is True
    assert result.client_extension_results["hmacCreateSecret"] is True
    return server.register_complete(state, result).credential_data


def secrets(rp_id, credential):
    server = Fido2Server(PublicKeyCredentialRpEntity(name="Example", id=rp_id))
    client = Fido2Client(
        device, DefaultClientDataCollector(f"https://{rp_id}"), user_interaction=Person(),
        extensions=[HmacSecretExtension(allow_hmac_secret=True)])
    options, state = server.authenticate_begin(
        [credential], user_verification="required",
        extensions={"hmacGetSecret": {"salt1": b"1" * 32, "salt2": b"2" * 32}})
    response = client.get_assertion(options.public_key).get_response(0)
    server.authenticate_complete(state, [credential], response)
    output = response.client_extension_results["hmacGetSecret"]
    assert output["output1"] != output["output2"]
    return output["output1"], output["output2"]


def lists(manager):
    sites = {site[RESULT.RP]["id"]: site[RESULT.RP_ID_HASH] for site in manager.enumerate_rps()}
    assert sites == {rp_id: sha256(rp_id.encode()) for rp_id in ("example.com", "example.org")}, sites
    found = manager.enumerate_creds(sites["example.com"])
    assert [credential[RESULT.USER]["name"] for credential in found] == ["Ælfgifu", "Æthelred"]
    assert all(CoseKey.parse(credential[RESULT.PUBLIC_KEY]).ALGORITHM == -7 for credential in found)
    assert all(len(credential[RESULT.LARGE_BLOB_KEY]) == 32 for credential in found)
    return found


def metadata(existing, remaining):
    assert credentials().get_metadata() == {1: existing, 2: remaining}


def rename(credential):
    manager = credentials()
    manager.update_user_info(credential[RESULT.CREDENTIAL_ID], {"id": credential[RESULT.USER]["id"], "name": "Emma"})
    assert manager.enumerate_creds(sha256(b"example.com"))[0][RESULT.USER]["name"] == "Emma"


def delete(credential):
    manager = credentials()
    manager.delete_cred(credential[RESULT.CREDENTIAL_ID])
    refused(CtapError.ERR.NO_CREDENTIALS, manager.delete_cred, credential[RESULT.CREDENTIAL_ID])
    assert len(manager.enumerate_creds(sha256(b"example.com"))) == 1


def known_again():
    lasting = token(ClientPin.PERMISSION.PERSISTENT_CREDENTIAL_MGMT)
    before = ctap().get_info()
    identifier, state = before.get_identifier(lasting), before.get_cred_store_state(lasting)
    manager = CredentialManagement(ctap(), PROTOCOL(), lasting)
    found = lists(manager)
    refused(CtapError.ERR.PIN_AUTH_INVALID, manager.delete_cred, found[0][RESULT.CREDENTIAL_ID])
    register("example.org", "another")
    after = ctap().get_info()
    assert after.get_identifier(lasting) == identifier and after.enc_identifier != before.enc_identifier
    assert after.get_cred_store_state(lasting) != state
    return found


def enroll():
    enrollment = fingers().enroll()
    template, statuses = None, []
    while template is None:
        try:
            template = enrollment.capture()
        except CaptureError as error:
            statuses.append(error.code)
    assert statuses == [FPBioEnrollment.FEEDBACK.FP_POOR_QUALITY], statuses
    assert ctap().get_info().options["uv"] is True
    return template


def name_and_remove(template):
    manager = fingers()
    assert list(manager.enumerate_enrollments()) == [template]
    manager.set_name(template, "親指")
    assert manager.enumerate_enrollments() == {template: "親指"}
    manager.remove_enrollment(template)
    assert manager.enumerate_enrollments() == {}
    assert ctap().get_info().options["uv"] is False


def cancelled_enrollment():
    manager = fingers()
    template, _, _ = manager.enroll_begin()
    manager.enroll_cancel()
    refused(CtapError.ERR.INVALID_OPTION, manager.enroll_capture_next, template)


def blob(found):
    small, large = b"small", os.urandom(2500)
    keys = [credential[RESULT.LARGE_BLOB_KEY] for credential in found]
    blobs().put_blob(keys[0], small)
    blobs().put_blob(keys[1], large)
    assert blobs().get_blob(keys[0]) == small and blobs().get_blob(keys[1]) == large
    refused(CtapError.ERR.LARGE_BLOB_STORAGE_FULL, blobs().put_blob, keys[0], os.urandom(5000))
    assert blobs().get_blob(keys[0]) == small
    blobs().delete_blob(keys[0])
    assert blobs().get_blob(keys[0]) is None and blobs().get_blob(keys[1]) == large


def configure():
    config().enable_enterprise_attestation()
    assert ctap().get_info().options["ep"] is True
    for wanted in (True, False):
        config().toggle_always_uv()
        assert ctap().get_info().options["alwaysUv"] is wanted
    config().set_min_pin_length(min_pin_length=6, rp_ids=["example.com"], pin_complexity_policy=True)
    info = ctap().get_info()
    assert info.min_pin_length == 6 and info.pin_complexity_policy is True and not info.force_pin_change
    refused(CtapError.ERR.PIN_POLICY_VIOLATION, config().set_min_pin_length, 5)
    config().set_min_pin_length(force_change_pin=True)
    assert ctap().get_info().force_pin_change is True
    refused(CtapError.ERR.PIN_POLICY_VIOLATION, config)


def reset():
    ctap().reset()
    info = ctap().get_info()
    assert info.options["clientPin"] is False and info.options["ep"] is False and info.min_pin_length == 4
    assert info.remaining_disc_creds == 100


def refused(code, function, *arguments):
    try:
        function(*arguments)
    except CtapError as error:
        assert error.code == code, error
    else:
        raise AssertionError(f"was not refused with {code!r}")


checks = Checks()
device = checks.check("its own enumeration finds the key", find)
if not device:
    checks.finish()
checks.check("a PIN is set", lambda: ClientPin(ctap(), PROTOCOL()).set_pin(PIN))
checks.check("CredentialManagement: nothing there", metadata, 0, 100)
first = checks.check("register, largeBlob and hmac-secret", register, "example.com", "Ælfgifu")
checks.check("a second of the same site", register, "example.com", "Æthelred")
checks.check("one of another site", register, "example.org", "Ælfgifu")
checks.check("CredentialManagement: metadata", metadata, 3, 97)
if first:
    output = checks.check("hmac-secret: two salts", secrets, "example.com", first)
    checks.check("hmac-secret: the same again", lambda: output == secrets("example.com", first) or 1 / 0)
known = checks.check("a persistent token lists, and knows the key and its state again", known_again)
if known:
    checks.check("LargeBlobs: put, get, delete, too large", blob, known)
    checks.check("CredentialManagement: update", rename, known[0])
    checks.check("CredentialManagement: delete", delete, known[0])
template = checks.check("FPBioEnrollment: enrol, with a bad sample", enroll)
if template:
    checks.check("FPBioEnrollment: name, list, remove", name_and_remove, template)
checks.check("FPBioEnrollment: cancel", cancelled_enrollment)
checks.check("Config: all of it", configure)
checks.check("reset", reset)
checks.finish()
