"""python-fido2 doing what fidoctl does: python_client.py version|list|info|assert|register|credentials [DEVICE [ARGUMENT]]"""
import base64
import getpass
import importlib.metadata
import sys

from fido2.client import DefaultClientDataCollector, Fido2Client, UserInteraction
from fido2.ctap2 import ClientPin, CredentialManagement, Ctap2
from fido2.hid import CtapHidDevice, open_device

CHALLENGE = bytes(32)


class Person(UserInteraction):
    def request_pin(self, permissions, rp_id):
        return getpass.getpass("PIN: ")


def client(device):
    return Fido2Client(open_device(device), DefaultClientDataCollector("https://example.com"), user_interaction=Person())


def version():
    print(importlib.metadata.version("fido2"))


def list_keys():
    for device in CtapHidDevice.list_devices():
        print(device.descriptor)


def info(device):
    print(Ctap2(open_device(device)).info)


def log_in(device, credential, verification="discouraged"):
    print(client(device).get_assertion({
        "challenge": CHALLENGE, "rpId": "example.com", "userVerification": verification,
        "allowCredentials": [{"type": "public-key", "id": base64.urlsafe_b64decode(credential + "==")}],
    }).get_response(0))


def register(device):
    print(client(device).make_credential({
        "challenge": CHALLENGE, "rp": {"id": "example.com", "name": "Example"},
        "user": {"id": b"user", "name": "alice", "displayName": "Alice"},
        "pubKeyCredParams": [{"type": "public-key", "alg": -7}], "attestation": "direct",
        "authenticatorSelection": {"userVerification": "discouraged"},
    }))


def credentials(device):
    key = Ctap2(open_device(device))
    pin = ClientPin(key)
    token = pin.get_pin_token(getpass.getpass("PIN: "), ClientPin.PERMISSION.CREDENTIAL_MGMT)
    management = CredentialManagement(key, pin.protocol, token)
    for site in management.enumerate_rps():
        for credential in management.enumerate_creds(site[CredentialManagement.RESULT.RP_ID_HASH]):
            print(credential)


COMMANDS = {"version": version, "list": list_keys, "info": info, "assert": log_in, "register": register,
            "credentials": credentials}
COMMANDS[sys.argv[1]](*sys.argv[2:])
