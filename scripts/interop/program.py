"""A program that runs beside a script, with what it prints kept for when a check fails."""
import atexit
import os
import signal
import subprocess
import tempfile


class Program:
    """Has a session of its own, so that the processes it starts end with it; at the latest when the script ends."""

    def __init__(self, name, arguments, environment=None, **options):
        self.name = name
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(arguments, env={**os.environ, **(environment or {})}, start_new_session=True,
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, **options)
        atexit.register(self.kill)

    def kill(self):
        atexit.unregister(self.kill)
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    def ended(self):
        return self.process.poll() is not None

    def last_lines(self):
        self.log.seek(0)
        return self.log.read().decode(errors="replace").splitlines()[-40:]
