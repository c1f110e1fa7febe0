"""The keys that the programs use, and what each program is to do with them."""
import base64
import contextlib
import json
import pathlib
import subprocess
import sys
from typing import NamedTuple

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "interop"))
from processes import Program
from served_key import Bed

PYTHON = HERE.parents[1] / ".build/interop/bin/python"
DEVICE, PIN, CREDENTIALS = "/dev/hidraw0", "4711-0815", 100
OURS, THEIRS, PYTHONS = "fidoctl", "libfido2", "python-fido2"


class Task(NamedTuple):
    """The same work of several programs, on a key with PIN and credentials or on one without."""
    name: str
    programs: dict
    has_pin: bool = False


class Keys:
    """Makes the states of both keys; each use begins with a copy of one."""

    def __init__(self, fidoctl, folder):
        self.fidoctl, self.folder = fidoctl, folder
        self.new, self.full, self.registration = folder / "new", folder / "full", folder / "registration"
        self.credential = self.register(self.new)
        self.embedded(self.full, "pin", "set")
        self.verified = self.register(self.full, "--user-verification", "required")
        for number in range(CREDENTIALS):
            self.register(self.full, "--user", f"user{number}", "--discoverable", "--user-verification", "required")
        self.credential_request = self.request("credential", "alice", self.text(b"user"))
        self.login_request = self.request("login", self.credential)
        self.verified_request = self.request("verified", self.verified)

    def embedded(self, state, *arguments):
        """What fidoctl prints that runs with the key in its own process."""
        return subprocess.run(
            [self.fidoctl, *arguments, "--device", f"virtual:{state}", "--pin-fd", "0"],
            input=f"{PIN}\n", check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout

    def register(self, state, *options):
        """Makes a credential and returns its ID; what fidoctl printed is in the file `registration`."""
        self.registration.write_text(self.embedded(state, "register", "--rp-id", "example.com", "--json", *options))
        return json.loads(self.registration.read_text())["id"]

    @staticmethod
    def text(data):
        return base64.b64encode(data).decode()

    def request(self, name, *lines):
        """A file as libfido2's tools read it: the client data hash, the relying party, then the rest."""
        lines = [base64.b64encode(base64.urlsafe_b64decode(line + "==")).decode() if len(line) > 40 else line for line in lines]
        file = self.folder / f"{name}.request"
        file.write_text("\n".join([self.text(bytes(range(32))), "example.com", *lines]) + "\n")
        return file

    @contextlib.contextmanager
    def plugged(self, has_pin=False, touch="auto"):
        """A test bed with one key, whose log is complete after the `with` block."""
        state = self.folder / "state"
        state.write_bytes((self.full if has_pin else self.new).read_bytes())
        state.chmod(0o600)
        with Bed(self.fidoctl) as bed, bed.key(touch, state=state) as key:
            yield bed.environment, key

    def listing(self):
        return {OURS: Program([self.fidoctl, "list"]), THEIRS: Program(["fido2-token", "-L"]), PYTHONS: python("list")}

    def tasks(self):
        key = ["--device", DEVICE]
        log_in = [self.fidoctl, "assert", *key, "--rp-id", "example.com", "--allow"]
        verified = ["--user-verification", "required"]
        unverified = ["--user-verification", "discouraged"]
        yield Task("--version", {
            OURS: Program([self.fidoctl, "--version"]), THEIRS: Program(["fido2-token", "-V"]), PYTHONS: python("version")})
        yield Task("info", {
            OURS: Program([self.fidoctl, "info", *key]), THEIRS: Program(["fido2-token", "-I", DEVICE]),
            PYTHONS: python("info", DEVICE)})
        yield Task("assert", {
            OURS: Program([*log_in, self.credential, *unverified]),
            THEIRS: Program(["fido2-assert", "-G", "-i", self.login_request, DEVICE]),
            PYTHONS: python("assert", DEVICE, self.credential)})
        yield Task("assert with PIN", {
            OURS: Program([*log_in, self.verified, *verified], PIN),
            THEIRS: Program(["fido2-assert", "-G", "-v", "-i", self.verified_request, DEVICE], PIN),
            PYTHONS: python("assert", DEVICE, self.verified, "required", pin=PIN)}, has_pin=True)
        yield Task("register", {
            OURS: Program([self.fidoctl, "register", *key, "--rp-id", "example.com", "--user", "alice", "--user-id", "dXNlcg",
                           "--algorithm", "ES256", *unverified]),
            THEIRS: Program(["fido2-cred", "-M", "-i", self.credential_request, DEVICE, "es256"]),
            PYTHONS: python("register", DEVICE)})
        yield Task(f"credentials list, {CREDENTIALS}", {
            OURS: Program([self.fidoctl, "credentials", "list", *key], PIN),
            THEIRS: Program(["fido2-token", "-L", "-k", "example.com", DEVICE], PIN),
            PYTHONS: python("credentials", DEVICE, pin=PIN)}, has_pin=True)


def python(*arguments, pin=None):
    return Program([PYTHON, HERE / "python_client.py", *arguments], pin)
