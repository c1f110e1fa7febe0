"""What people do with OpenSSH and a security key, each a function that fails if it does not work."""
import pathlib
import struct
import subprocess
import tempfile
import time

import openssh_page
from openssh_world import Terminal, run
from program import Program

PIN = "246810"
TYPES = ("ed25519-sk", "ecdsa-sk")
SIGNED_COMMIT = ("commit", "-q", "--allow-empty", "-S", "-m", "Signed")


def enroll(world, name, kind="ed25519-sk", *options, pins=(), provider=None, status=0, answer=""):
    """Makes a key file; returns its path and what ssh-keygen printed."""
    file = world.folder / name
    environment = world.environment(provider, pins)
    printed = run("ssh-keygen", "-t", kind, "-N", "", "-C", name, "-f", file, "-w", provider or world.provider, *options,
                  environment=environment, text=answer, status=status)
    return file, printed


def public(file):
    return file.with_suffix(".pub").read_text().strip()


def authorize(world, file, options=""):
    with world.authorized.open("a") as keys:
        print(options, public(file), file=keys)


def log_in(world, file, pins=()):
    printed = world.ssh("-i", str(file), environment=world.environment(pins=pins))
    assert printed.endswith("in\n"), printed


def sign_and_verify(world, file, pins=()):
    """`ssh-keygen -Y`, and a git commit."""
    signers = world.folder / "signers"
    signers.write_text(f"me@example.com {public(file)}\n")
    message = world.folder / "message"
    message.write_text("hello\n")
    run("ssh-keygen", "-Y", "sign", "-q", "-n", "file", "-f", file, message, environment=world.environment(pins=pins))
    signature = message.with_suffix(".sig")
    verify = ["ssh-keygen", "-Y", "verify", "-f", signers, "-I", "me@example.com", "-n", "file", "-s", signature]
    run(*verify, text="hello\n")
    run(*verify, text="hallo\n", status=255)
    signature.unlink()

    git = repository(world, file, signers)
    run(*git, *SIGNED_COMMIT, environment=world.environment(pins=pins))
    printed = run(*git, "verify-commit", "HEAD", environment=world.environment())
    assert 'Good "git" signature for me@example.com' in printed, printed


def repository(world, file, signers="/dev/null"):
    """The beginning of git's commands in a new repository, where `file` signs."""
    folder = tempfile.mkdtemp(dir=world.folder)
    run("git", "init", "-q", folder, environment=world.environment())
    return ["git", "-c", "gpg.format=ssh", "-c", f"gpg.ssh.allowedSignersFile={signers}", "-c", f"user.signingKey={file}",
            "-c", "user.name=Me", "-c", "user.email=me@example.com", "-C", folder]


def prompts_behind_git(world):
    """git hides what ssh-keygen writes on standard error."""
    with world.bed.key(touch="after:0.3"):
        file, _ = enroll(world, "behind-git")
        with Terminal(*repository(world, file), *SIGNED_COMMIT, environment=world.environment()) as terminal:
            terminal.wait_for("ssh: Touch your security key .* to sign")
            assert terminal.end() == 0, terminal.text


def attested(world):
    """The attestation that ssh-keygen writes is signed over our authenticator data and the challenge."""
    challenge, blob = world.folder / "challenge", world.folder / "attestation"
    challenge.write_bytes(bytes(range(32)))
    enroll(world, "attested", "ecdsa-sk", "-O", f"challenge={challenge}", "-O", f"write-attestation={blob}")
    rest, parts = blob.read_bytes(), []
    for _ in range(4):
        length, = struct.unpack(">I", rest[:4])
        parts.append(rest[4:4 + length])
        rest = rest[4 + length:]
    magic, certificate, signature, authenticator_data = parts
    assert magic == b"ssh-sk-attest-v01" and authenticator_data[0] >> 5 == 2, "not a CBOR byte string"
    head = 2 if authenticator_data[0] & 31 == 24 else 3
    digest = run_bytes("openssl", "dgst", "-sha256", "-binary", challenge)
    (world.folder / "signed").write_bytes(authenticator_data[head:] + digest)
    (world.folder / "signature").write_bytes(signature)
    (world.folder / "key.pem").write_bytes(run_bytes("openssl", "x509", "-inform", "DER", "-pubkey", "-noout", text=certificate))
    run("openssl", "dgst", "-sha256", "-verify", world.folder / "key.pem", "-signature", world.folder / "signature",
        world.folder / "signed")


def run_bytes(*arguments, text=b""):
    return subprocess.run(arguments, input=text, stdout=subprocess.PIPE, check=True, timeout=20).stdout


def without_touch(world):
    """Neither asks for a touch; the server accepts it only where `authorized_keys` says so."""
    file, _ = enroll(world, "untouched", "ed25519-sk", "-O", "no-touch-required")
    authorize(world, file)
    world.ssh("-i", str(file), environment=world.environment(), status=255)
    world.authorized.write_text("")
    authorize(world, file, "no-touch-required")
    log_in(world, file)


def application_and_user(world):
    """Only the same application and user are a duplicate, which is asked about and can be overwritten."""
    def make(name, user, answer="", **options):
        return enroll(world, name, "ed25519-sk", "-O", "application=ssh:work", "-O", f"user={user}", "-O", "resident",
                      "-O", "device=/dev/hidraw0", pins=(PIN, PIN), answer=answer, **options)

    file, _ = make("named", "alice")
    authorize(world, file)
    log_in(world, file)
    _, printed = make("again", "alice", status=None, answer="n\n")
    assert "already exists" in printed, printed
    make("bob", "bob")
    _, printed = make("again", "alice", answer="y\n")
    assert "already exists" in printed, printed


def helper(world):
    """The helper for agents, which are installed with privileges and therefore drop the test bed's variables."""
    helper = world.folder / "helper"
    bed = " ".join(f"{name}={value}" for name, value in world.bed.environment.items())
    helper.write_text(f"#!/bin/sh\nexec env {bed} /usr/lib/openssh/ssh-sk-helper \"$@\"\n")
    helper.chmod(0o755)
    return str(helper)


def through_agent(world, file):
    agent = world.folder / "agent"
    environment = world.environment(SSH_AUTH_SOCK=str(agent), SSH_SK_HELPER=helper(world))
    Program("ssh-agent", ["ssh-agent", "-D", "-a", str(agent)], environment)
    end = time.monotonic() + 10
    while not agent.is_socket():
        assert time.monotonic() < end, "the agent did not start"
        time.sleep(0.02)
    authorize(world, file)
    run("ssh-add", "-S", world.provider, file, environment=environment)
    printed = world.ssh("-i", str(file.with_suffix(".pub")), environment=environment)
    assert printed.endswith("in\n"), printed
    run("ssh-add", "-S", "/tmp/libfidoctl-sk.so", file, environment=environment, status=1)


def make_resident(world, name, kind, provider):
    return enroll(world, name, kind, "-O", "resident", "-O", "verify-required", "-O", f"application=ssh:{name}",
                  provider=provider, pins=(PIN, PIN))


def loaded(world, provider, pins=(PIN,)):
    """The public keys that `ssh-keygen -K` finds, without their comments."""
    with tempfile.TemporaryDirectory(dir=world.folder) as folder:
        run("ssh-keygen", "-K", "-N", "", "-w", provider, environment=world.environment(provider, pins), cwd=folder)
        return {" ".join(file.read_text().split()[:2]) for file in pathlib.Path(folder).glob("*.pub")}


def loads_what_was_made(world, files, provider):
    expected = {" ".join(public(file).split()[:2]) for file in files}
    assert expected <= (found := loaded(world, provider)), (expected, found)


def asks_again_after_a_wrong_pin(world):
    file, printed = enroll(world, "second-try", "ed25519-sk", "-O", "verify-required", pins=("135791", PIN))
    assert "that was not the PIN of" in printed and "7 tries are left" in printed, printed
    assert "(8 tries left)" in printed, printed
    authorize(world, file)
    log_in(world, file, pins=(PIN,))


def goes_on_to_the_next_key_file(world):
    """A key that does not hold the first file's key refuses without a touch, and ssh tries the second file."""
    with world.bed.key():
        here, _ = enroll(world, "here")
    with world.bed.key(number=1):
        elsewhere, _ = enroll(world, "elsewhere")
    for file in (here, elsewhere):
        authorize(world, file)
    with world.bed.key(touch="after:0.1") as key:
        printed = world.ssh("-i", str(elsewhere), "-i", str(here), environment=world.environment())
        assert printed.endswith("in\n") and "has no credential for ssh\n" in printed, printed
        assert "authenticatorGetAssertion" not in printed and "fidoctl: ssh: Touch your security key" in printed, printed
        assert sum("waits for a touch" in line for line in key.lines) == 1, key.lines


def other_keys(world):
    """What a key with U2F alone can do, and what a key without credProtect must not."""
    with world.bed.key(number=2, u2f="only"):
        file, _ = enroll(world, "u2f", "ecdsa-sk")
        authorize(world, file)
        log_in(world, file)
        _, printed = enroll(world, "u2f-resident", "ecdsa-sk", "-O", "resident", status=None)
        assert "does not support credProtect" in printed and "not supported" in printed, printed
    with world.bed.key(number=3, extensions=[]):
        _, printed = enroll(world, "unprotected", "ecdsa-sk", "-O", "verify-required", status=None)
        assert "does not support credProtect" in printed, printed


def takes_a_finger(world):
    """A key with a sensor needs no PIN."""
    with world.bed.key(number=4, uv=True, pin=False):
        file, _ = enroll(world, "finger", "ed25519-sk", "-O", "verify-required")
        authorize(world, file, "verify-required")
        log_in(world, file)
        assert not world.asked(), world.asked()


def follows_the_page(world):
    """docs/ssh.md, for someone who can log in to the server by other means so far."""
    ordinary = world.home / ".ssh/id_ed25519"
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", ordinary)
    authorize(world, ordinary)
    environment = world.environment(pins=(PIN,) * 4, SSH_SK_HELPER=helper(world), GIT_AUTHOR_NAME="Me", GIT_COMMITTER_NAME="Me",
                                    GIT_AUTHOR_EMAIL="me@example.com", GIT_COMMITTER_EMAIL="me@example.com")
    del environment["SSH_SK_PROVIDER"], environment["GIT_CONFIG_GLOBAL"]
    page = pathlib.Path(__file__).resolve().parents[2] / "docs/ssh.md"
    openssh_page.follow(page, run, environment, world.home)
