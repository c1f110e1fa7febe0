"""OpenSSH in a world of its own: private mounts, a network with a loopback interface only, a home and a server."""
import fcntl
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import termios
import time

TIMEOUT = 30
PORT = 22  # of an interface of our own
# Where ssh-agent accepts providers from, besides /usr/lib.
PROVIDERS = pathlib.Path("/usr/local/lib")


INSIDE = "--inside"


def enter():
    """Starts this script again in namespaces of its own, unless it runs there. sshd can change to its user only as root."""
    if sys.argv[-1] != INSIDE:
        root = [] if os.getuid() == 0 else ["sudo"]
        command = [*root, "unshare", "--mount", "--net", sys.executable, *sys.argv, INSIDE]
        os.execvp(command[0], command)
    sys.argv.pop()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sH14x", b"lo", 0x41)  # IFF_UP | IFF_RUNNING
        fcntl.ioctl(control, 0x8914, request)  # SIOCSIFFLAGS


def run(*arguments, environment=None, text="", status=0, cwd=None):
    """Runs a program without a terminal; returns what it printed, both streams in one."""
    done = subprocess.run(arguments, env=environment, input=text, text=True, stdout=subprocess.PIPE, cwd=cwd,
                          stderr=subprocess.STDOUT, timeout=TIMEOUT, start_new_session=True)
    if status is not None and done.returncode != status:
        raise AssertionError(f"{arguments} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


class World:
    def __init__(self, folder, provider, bed):
        self.folder, self.bed = folder, bed
        self.home = folder / "home"
        (self.home / ".ssh").mkdir(parents=True, mode=0o700)
        self.mount(provider)
        self.provider = str(PROVIDERS / provider.name)
        self.askpass = folder / "askpass"
        # OpenSSH also runs it for a notice about the touch, which takes no answer.
        self.askpass.write_text(f"#!/bin/sh\n[ \"$SSH_ASKPASS_PROMPT\" != none ] || exit 0\necho \"$*\" >> {folder}/asked\nread -r line < {folder}/pins\n"
                                f"sed -i 1d {folder}/pins\nprintf '%s\\n' \"$line\"\n")
        self.askpass.chmod(0o755)
        self.authorized = folder / "authorized_keys"
        self.authorized.touch()

    def mount(self, provider):
        """A home for root and a place for sshd's files and for the provider, seen by this process and its children only."""
        names = {"passwd": f"root:x:0:0::{self.home}:/bin/sh\nsshd:x:100:65534::/run/sshd:/usr/sbin/nologin\n",
                 "group": "root:x:0:\nnogroup:x:65534:\n", "shadow": "root:*:19000::::::\nsshd:*:19000::::::\n"}
        for name, lines in names.items():
            (self.folder / name).write_text(lines)
            subprocess.run(["mount", "--bind", self.folder / name, f"/etc/{name}"], check=True)
        for place in ("/run", PROVIDERS):
            subprocess.run(["mount", "-t", "tmpfs", "tmpfs", place], check=True)
        pathlib.Path("/run/sshd").mkdir(mode=0o755)
        shutil.copy(provider, PROVIDERS)

    def environment(self, provider=None, pins=(), **more):
        """Programs see the bed's keys; each PIN that they ask for is the next of `pins`."""
        (self.folder / "pins").write_text("".join(pin + "\n" for pin in pins))
        (self.folder / "asked").write_text("")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SSH_", "LC_", "LANG", "DISPLAY"))}
        return {**kept, **self.bed.environment, "HOME": str(self.home), "LC_ALL": "C.UTF-8", "SSH_ASKPASS": str(self.askpass),
                "SSH_ASKPASS_REQUIRE": "force", "SSH_SK_PROVIDER": provider or self.provider, "GIT_CONFIG_GLOBAL": "/dev/null",
                **more}

    def asked(self):
        return (self.folder / "asked").read_text().splitlines()

    def serve(self):
        """Starts sshd, which lets root in with the keys in `authorized`."""
        key = self.folder / "host_key"
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key)
        config = self.folder / "sshd_config"
        config.write_text(f"Port {PORT}\nListenAddress 127.0.0.1\nHostKey {key}\nPidFile none\nUsePAM no\nStrictModes no\n"
                          f"AuthorizedKeysFile {self.authorized} .ssh/authorized_keys\nPasswordAuthentication no\nPermitRootLogin yes\n")
        (self.folder / "known_hosts").write_text(f"127.0.0.1 {key.with_suffix('.pub').read_text()}")
        (self.folder / "ssh_config").write_text(
            f"Host server\n  HostName 127.0.0.1\n  UserKnownHostsFile {self.folder}/known_hosts\n")
        subprocess.run(["mount", "--bind", self.folder / "ssh_config", "/etc/ssh/ssh_config"], check=True)
        return ["/usr/sbin/sshd", "-D", "-e", "-f", str(config)]

    def wait_for_server(self):
        end = time.monotonic() + TIMEOUT
        while True:
            try:
                return socket.create_connection(("127.0.0.1", PORT), 1).close()
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)

    def ssh(self, *options, environment, command="echo in", status=0):
        """ssh takes the provider from an option, not from the environment as the others do."""
        return run("ssh", "-F", "none", "-p", str(PORT), "-o", f"UserKnownHostsFile={self.folder}/known_hosts",
                   "-o", f"SecurityKeyProvider={environment['SSH_SK_PROVIDER']}", "-o", "IdentitiesOnly=yes", *options, "root@127.0.0.1", command, environment=environment, status=status)


def begin_at_terminal():
    """In the child: as a login would start it. Where this script runs in the background it has inherited an ignored SIGINT."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A program at a terminal of its own, which can be read and typed at."""

    def __init__(self, *arguments, environment, cwd=None):
        self.master, program_side = pty.openpty()
        fcntl.ioctl(program_side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
        self.process = subprocess.Popen(
            arguments, env={**environment, "TERM": "dumb"}, cwd=cwd, stdin=program_side, stdout=program_side,
            stderr=program_side, start_new_session=True, preexec_fn=begin_at_terminal)
        os.close(program_side)
        self.text = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self.master)

    def read(self, end):
        """Reads once; False if nobody has the terminal open any more."""
        if not select.select([self.master], [], [], max(0, end - time.monotonic()))[0]:
            raise TimeoutError(f"the terminal shows only:\n{self.text}")
        try:
            self.text += os.read(self.master, 4096).decode(errors="replace")
            return True
        except OSError:
            return False

    def wait_for(self, pattern):
        end = time.monotonic() + TIMEOUT
        while not re.search(pattern, self.text):
            if not self.read(end):
                raise AssertionError(f"{pattern!r} did not come:\n{self.text}")

    def type(self, text):
        os.write(self.master, text.encode())

    def end(self):
        """Reads to the end; returns the program's exit status, or minus the signal's number."""
        end = time.monotonic() + TIMEOUT
        while self.read(end):
            pass
        return self.process.wait(TIMEOUT)
