"""fidoctl as the client, py_webauthn as the relying party: py_webauthn.py FIDOCTL DEVICE [FORMAT]

DEVICE is a value for fidoctl --device. The key must not require a touch. FORMAT is that of its attestation statements, packed
if it is missing.
"""
import secrets
import sys

from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers.cose import COSEAlgorithmIdentifier

from checks import Checks, base64url
from judged import ALGORITHMS, ORIGIN, RP_ID, Fidoctl

FORMAT = (sys.argv[3:] or ["packed"])[0]
fidoctl = Fidoctl(*sys.argv[1:3])


def register(algorithm, attestation, *options):
    challenge = secrets.token_bytes(32)
    response = fidoctl.respond("register", base64url(challenge), "--user", "Ælfgifu", "--algorithm", algorithm,
                               "--attestation", attestation, *options)
    credential = verify_registration_response(
        credential=response, expected_challenge=challenge, expected_rp_id=RP_ID, expected_origin=ORIGIN,
        supported_pub_key_algs=[COSEAlgorithmIdentifier(ALGORITHMS[algorithm])])
    assert credential.fmt == ("none" if attestation == "none" else FORMAT), credential.fmt
    return credential


def log_in(credential, *options):
    challenge = secrets.token_bytes(32)
    response = fidoctl.respond("assert", base64url(challenge), *options)
    if response["id"] != base64url(credential.credential_id):
        raise RuntimeError("an assertion of another credential")
    return verify_authentication_response(
        credential=response, expected_challenge=challenge, expected_rp_id=RP_ID, expected_origin=ORIGIN,
        credential_public_key=credential.credential_public_key, credential_current_sign_count=credential.sign_count)


checks = Checks()
known = {int(algorithm) for algorithm in COSEAlgorithmIdentifier}  # not ES384
for algorithm in fidoctl.algorithms():
    if ALGORITHMS[algorithm] not in known:
        continue
    for attestation in ("none", "direct"):
        credential = checks.check(f"register --json, {algorithm}, attestation {attestation}",
                                  register, algorithm, attestation)
        if credential:
            checks.check(f"assert --json, {algorithm}", log_in, credential, "--allow", base64url(credential.credential_id))
if fidoctl.run("info").get("options", {}).get("rk"):
    credential = checks.check("register --json --discoverable", register, "ES256", "direct", "--discoverable")
    if credential:
        checks.check("assert --json by RP ID alone", log_in, credential)
checks.finish()
