"""fidoctl as the client of a relying party that others wrote: what the scripts of these judges share."""
import json
import subprocess

RP_ID, ORIGIN = "example.com", "https://login.example.com"
# COSE's numbers for the names of fidoctl register --algorithm.
ALGORITHMS = {"ES256": -7, "EdDSA": -8, "ES384": -35, "ES512": -36, "RS256": -257, "PS256": -37,
              "ML-DSA-44": -48, "ML-DSA-65": -49, "ML-DSA-87": -50}


class Fidoctl:
    def __init__(self, program, device):
        self.program, self.device = program, device

    def run(self, command, *options, typed=None):
        """The JSON that a command prints; `typed` is its standard input."""
        arguments = [self.program, command, "--device", self.device, "--json", *options]
        done = subprocess.run(arguments, input=typed, stdout=subprocess.PIPE, text=True, timeout=60)
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)} exited with {done.returncode}: {done.stdout}")
        return json.loads(done.stdout)

    def respond(self, command, challenge, *options):
        """A response of `register` or `assert` to this challenge."""
        return self.run(command, "--rp-id", RP_ID, "--origin", ORIGIN, "--challenge", challenge, *options)

    def algorithms(self):
        """The names of those of the key's algorithms that a judge may know; a key that lists none has ES256."""
        offered = self.run("info").get("algorithms") or [-7]
        return [name for name, number in ALGORITHMS.items() if number in offered]
