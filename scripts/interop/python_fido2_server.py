"""fidoctl as the client, python-fido2 as the relying party: python_fido2_server.py FIDOCTL DEVICE [FORMAT]

DEVICE is a value for fidoctl --device. The key must not require a touch. FORMAT is that of its attestation statements, packed
if it is missing.
"""
import sys

from fido2.attestation import Attestation
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.webauthn import PublicKeyCredentialParameters, PublicKeyCredentialRpEntity, PublicKeyCredentialType

from checks import Checks, base64url
from judged import ALGORITHMS, RP_ID, Fidoctl

USER = {"id": b"user", "name": "aelfgifu"}

FORMAT = (sys.argv[3:] or ["packed"])[0]
fidoctl = Fidoctl(*sys.argv[1:3])


def verify_attestation(attestation, client_data_hash):
    assert attestation.fmt in ("none", FORMAT), attestation.fmt
    Attestation.for_type(attestation.fmt)().verify(attestation.att_stmt, attestation.auth_data, client_data_hash)


def server(algorithm):
    server = Fido2Server(PublicKeyCredentialRpEntity(name="Example", id=RP_ID), attestation="direct",
                         verify_attestation=verify_attestation)
    server.allowed_algorithms = [PublicKeyCredentialParameters(type=PublicKeyCredentialType.PUBLIC_KEY,
                                                               alg=ALGORITHMS[algorithm])]
    return server


def register(algorithm, attestation):
    _, state = server(algorithm).register_begin(USER)
    response = fidoctl.respond("register", state["challenge"], "--user", "Ælfgifu", "--algorithm", algorithm,
                               "--attestation", attestation)
    credential = server(algorithm).register_complete(state, response).credential_data
    assert type(credential.public_key) is CoseKey.for_alg(ALGORITHMS[algorithm]), credential.public_key
    return credential


def log_in(algorithm, credential):
    _, state = server(algorithm).authenticate_begin([credential])
    response = fidoctl.respond("assert", state["challenge"], "--allow", base64url(credential.credential_id))
    server(algorithm).authenticate_complete(state, [credential], response)


checks = Checks()
for algorithm in fidoctl.algorithms():
    for attestation in ("none", "direct"):
        credential = checks.check(f"register --json, {algorithm}, attestation {attestation}, verified",
                                  register, algorithm, attestation)
        if credential:
            checks.check(f"assert --json, {algorithm}", log_in, algorithm, credential)
checks.finish()
