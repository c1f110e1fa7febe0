#!/usr/bin/env python3
"""google-auth's SecurityKeyChallenge, with fidoctl as its plug-in: google_auth.py FIDOCTL DEVICE

The key must verify its user without a PIN, since google-auth requires that and there is no terminal here.
"""
import base64
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from google.auth.exceptions import ReauthFailError
from google.oauth2.challenges import REAUTH_ORIGIN, SecurityKeyChallenge

from checks import Checks

PROGRAM, DEVICE = sys.argv[1:]
RP_ID = "google.com"
CHALLENGE = base64.b64encode(bytes(range(200, 232))).decode()


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def register():
    done = subprocess.run([PROGRAM, "register", "--rp-id", RP_ID, "--user", "u", "--device", DEVICE, "--json"],
                          check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def answer(key_handle):
    """What google-auth would send to the server."""
    challenge = {"keyHandle": base64.b64encode(key_handle).decode(), "challenge": CHALLENGE}
    return SecurityKeyChallenge().obtain_challenge_input({"securityKey": {
        "challenges": [challenge], "relyingPartyId": RP_ID,
        "applicationId": "https://www.gstatic.com/securitykey/origins.json"}})["securityKey"]


def takes_the_answer():
    reply = answer(decode(made["id"]))
    client_data = decode(reply["clientData"])
    stated = json.loads(client_data)
    assert stated["type"] == "webauthn.get", stated
    assert stated["origin"] == REAUTH_ORIGIN, stated
    assert decode(stated["challenge"]) == base64.b64decode(CHALLENGE), stated
    data = decode(reply["authenticatorData"])
    assert data[:32] == hashlib.sha256(RP_ID.encode()).digest()
    key = serialization.load_der_public_key(decode(made["response"]["publicKey"]))
    key.verify(decode(reply["signatureData"]), data + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))


def fails_without_the_credential():
    try:
        answer(bytes(64))
    except ReauthFailError:
        return
    raise AssertionError("no error")


checks = Checks(limit=120)
with tempfile.TemporaryDirectory() as folder:
    plugin = pathlib.Path(folder, "fidoctl-google-auth")
    plugin.symlink_to(pathlib.Path(PROGRAM).resolve())
    os.environ["GOOGLE_AUTH_WEBAUTHN_PLUGIN"] = str(plugin)
    os.environ["FIDOCTL_DEVICE"] = DEVICE
    made = register()
    checks.check("SecurityKeyChallenge takes the answer, and its signature holds", takes_the_answer)
    checks.check("it fails for a credential of another key", fails_without_the_credential)
checks.finish()
