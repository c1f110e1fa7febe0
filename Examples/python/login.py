#!/usr/bin/env python3
"""Registers with a security key through fidoctl serve, and logs in: login.py [RP-ID]"""
import base64
import getpass
import json
import os
import subprocess
import sys

rp_id = sys.argv[1] if len(sys.argv) > 1 else "example.com"
fidoctl = subprocess.Popen(["fidoctl", "serve", "--origin", f"https://{rp_id}"], text=True, bufsize=1,
                           stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def say(**message):
    print(json.dumps(message), file=fidoctl.stdin)


def ask(id, type, options):
    """The result of a request; its questions go to the terminal."""
    say(id=id, type=type, origin=f"https://{rp_id}", options=options)
    for message in map(json.loads, fidoctl.stdout):
        match message:
            case {"type": "result", "id": answered} if answered == id:
                return message["result"]
            case {"type": "error" | "rejected", "error": error}:
                raise SystemExit(error["message"])
            case {"event": "waiting-for-key"}:
                print("Insert your security key.")
            case {"event": "touch-needed"}:
                print(f"Touch your security key for {message['rpId']}.")
            case {"event": "pin-needed", "retries": retries}:
                say(id=id, type="pin", pin=getpass.getpass(f"PIN ({retries} tries left): "))
            case {"event": "select", "accounts": accounts}:
                for place, account in enumerate(accounts):
                    print(place, account.get("name"))
                say(id=id, type="account", account=int(input("Which account? ")))
    raise SystemExit("fidoctl has ended")


# A server makes these, and verifies the results.
challenge = base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()
made = ask(1, "create", {"rp": {"name": rp_id}, "user": {"id": "AQID", "name": "alice", "displayName": "Alice"},
                         "challenge": challenge, "pubKeyCredParams": [{"type": "public-key", "alg": -7}]})
login = ask(2, "get", {"challenge": challenge, "allowCredentials": [{"type": "public-key", "id": made["id"]}]})
print("Logged in with the credential", login["id"])
