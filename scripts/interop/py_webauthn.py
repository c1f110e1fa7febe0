"""fidoctl as the client, py_webauthn as the relying party: py_webauthn.py FIDOCTL DEVICE

DEVICE is a value for fidoctl --device. The key must not require a touch.
"""
import json
import secrets
import subprocess
import sys

from webauthn import (
    generate_authentication_options, generate_registration_options, options_to_json, verify_authentication_response,
    verify_registration_response)
from webauthn.helpers.cose import COSEAlgorithmIdentifier as Algorithm
from webauthn.helpers.structs import AuthenticatorSelectionCriteria, PublicKeyCredentialDescriptor, ResidentKeyRequirement

from checks import Checks, base64url

RP_ID, ORIGIN = "example.com", "https://login.example.com"
FIDOCTL, DEVICE = sys.argv[1:]
ALGORITHMS = {
    "ES256": Algorithm.ECDSA_SHA_256,
    "EdDSA": Algorithm.EDDSA,
    "RS256": Algorithm.RSASSA_PKCS1_v1_5_SHA_256,
}


def fidoctl(command, *options):
    arguments = [FIDOCTL, command, "--device", DEVICE, "--rp-id", RP_ID, "--origin", ORIGIN, "--json", *options]
    done = subprocess.run(arguments, stdout=subprocess.PIPE, text=True, timeout=60)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {done.returncode}: {done.stdout}")
    return done.stdout


def register(algorithm, *options):
    challenge = secrets.token_bytes(32)
    response = fidoctl("register", "--user", "Ælfgifu", "--challenge", base64url(challenge),
                       "--algorithm", algorithm, *options)
    return verify_registration_response(
        credential=response, expected_challenge=challenge, expected_rp_id=RP_ID, expected_origin=ORIGIN,
        supported_pub_key_algs=[ALGORITHMS[algorithm]])


def log_in(credential, *options):
    challenge = secrets.token_bytes(32)
    response = fidoctl("assert", "--challenge", base64url(challenge), *options)
    if json.loads(response)["id"] != base64url(credential.credential_id):
        raise RuntimeError("an assertion of another credential")
    return verify_authentication_response(
        credential=response, expected_challenge=challenge, expected_rp_id=RP_ID, expected_origin=ORIGIN,
        credential_public_key=credential.credential_public_key, credential_current_sign_count=credential.sign_count)


def with_options(command, options):
    """fidoctl's response to the options that a page gets, on its standard input."""
    arguments = [FIDOCTL, command, "--device", DEVICE, "--options", "-", "--origin", ORIGIN, "--json"]
    done = subprocess.run(arguments, input=options_to_json(options), stdout=subprocess.PIPE, text=True, timeout=60)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {done.returncode}: {done.stdout}")
    return done.stdout


def register_by_options(resident_key=None):
    selection = resident_key and AuthenticatorSelectionCriteria(resident_key=resident_key)
    options = generate_registration_options(
        rp_id=RP_ID, rp_name="Example", user_name="Ælfgifu", authenticator_selection=selection)
    return verify_registration_response(
        credential=with_options("register", options), expected_challenge=options.challenge, expected_rp_id=RP_ID,
        expected_origin=ORIGIN)


def log_in_by_options(credential, *allowed):
    allowed = [PublicKeyCredentialDescriptor(id=credential_id) for credential_id in allowed]
    options = generate_authentication_options(rp_id=RP_ID, allow_credentials=allowed)
    return verify_authentication_response(
        credential=with_options("assert", options), expected_challenge=options.challenge, expected_rp_id=RP_ID,
        expected_origin=ORIGIN, credential_public_key=credential.credential_public_key,
        credential_current_sign_count=credential.sign_count)


checks = Checks()
for algorithm in ALGORITHMS:
    for attestation in ("none", "direct"):
        rule = f"register --json, {algorithm}, attestation {attestation}"
        credential = checks.check(rule, register, algorithm, "--attestation", attestation)
        if credential:
            allowed = base64url(credential.credential_id)
            checks.check(f"assert --json, {algorithm}", log_in, credential, "--allow", allowed)
credential = checks.check("register --json --discoverable", register, "ES256", "--discoverable")
if credential:
    checks.check("assert --json by RP ID alone", log_in, credential)
credential = checks.check("register --options with the defaults of py_webauthn", register_by_options)
if credential:
    checks.check("assert --options with one credential", log_in_by_options, credential, credential.credential_id)
credential = checks.check("register --options for a passkey", register_by_options, ResidentKeyRequirement.REQUIRED)
if credential:
    checks.check("assert --options with the defaults of py_webauthn", log_in_by_options, credential)
checks.finish()
