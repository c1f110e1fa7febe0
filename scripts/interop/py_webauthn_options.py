"""fidoctl --options with what py_webauthn sends to a page: py_webauthn_options.py FIDOCTL DEVICE

DEVICE is a value for fidoctl --device. The key must not require a touch, and store passkeys.
"""
import sys

from webauthn import (
    generate_authentication_options, generate_registration_options, options_to_json, verify_authentication_response,
    verify_registration_response)
from webauthn.helpers.structs import (
    AttestationConveyancePreference, AuthenticatorSelectionCriteria, PublicKeyCredentialDescriptor, ResidentKeyRequirement)

from checks import Checks
from judged import ORIGIN, RP_ID, Fidoctl

fidoctl = Fidoctl(*sys.argv[1:3])


def respond(command, options):
    return fidoctl.run(command, "--options", "-", "--origin", ORIGIN, typed=options_to_json(options))


def register(resident_key=None, attestation=AttestationConveyancePreference.NONE):
    selection = resident_key and AuthenticatorSelectionCriteria(resident_key=resident_key)
    options = generate_registration_options(
        rp_id=RP_ID, rp_name="Example", user_name="Ælfgifu", authenticator_selection=selection, attestation=attestation)
    return verify_registration_response(
        credential=respond("register", options), expected_challenge=options.challenge, expected_rp_id=RP_ID,
        expected_origin=ORIGIN)


def log_in(credential, *allowed):
    allowed = [PublicKeyCredentialDescriptor(id=credential_id) for credential_id in allowed]
    options = generate_authentication_options(rp_id=RP_ID, allow_credentials=allowed)
    return verify_authentication_response(
        credential=respond("assert", options), expected_challenge=options.challenge, expected_rp_id=RP_ID,
        expected_origin=ORIGIN, credential_public_key=credential.credential_public_key,
        credential_current_sign_count=credential.sign_count)


checks = Checks()
credential = checks.check("register with the default options", register)
if credential:
    checks.check("log in with one credential", log_in, credential, credential.credential_id)
credential = checks.check("register a passkey, with attestation", register, ResidentKeyRequirement.REQUIRED,
                          AttestationConveyancePreference.DIRECT)
if credential:
    checks.check("log in with the default options", log_in, credential)
checks.finish()
