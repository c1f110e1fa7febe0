"""A security key in Python that behaves; odd_keys.py changes one thing of it at a time.

It has nothing in common with the software key in Sources/VirtualAuthenticator, on purpose: CTAP 2.0 with a PIN by protocol
one, ES256, credentials in memory. It serves a SEQPACKET socket as scripts/testbed wants it: a message that comes is a report
with its number in front, and a report goes to every connection.
"""
import dataclasses
import hashlib
import hmac
import os
import selectors
import socket
import struct
import sys
import time

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from encodings_by_hand import Certificate, decode, encode

PING, MSG, INIT, CBOR, CANCEL, KEEPALIVE, ERROR = 0x01, 0x03, 0x06, 0x10, 0x11, 0x3B, 0x3F
NAMES = {PING: "PING", MSG: "MSG", INIT: "INIT", CBOR: "CBOR", CANCEL: "CANCEL", KEEPALIVE: "KEEPALIVE", ERROR: "ERROR"}
BROADCAST, CHANNEL_BUSY = 0xFFFFFFFF, 0x06
MAKE_CREDENTIAL, GET_ASSERTION, GET_INFO, CLIENT_PIN, GET_NEXT_ASSERTION = 1, 2, 4, 6, 8
PROCESSING, TOUCH_NEEDED = 1, 2
USER_PRESENT, USER_VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Refusal(Exception):
    """A CTAP2 status other than success."""
    INVALID_COMMAND, CREDENTIAL_EXCLUDED, UNSUPPORTED_ALGORITHM, KEEPALIVE_CANCEL = 0x01, 0x19, 0x26, 0x2D
    NO_CREDENTIALS, NOT_ALLOWED, PIN_INVALID, PIN_AUTH_INVALID, PIN_NOT_SET, PIN_REQUIRED = 0x2E, 0x30, 0x31, 0x33, 0x35, 0x36


@dataclasses.dataclass
class Credential:
    rp_id: str
    user: dict
    discoverable: bool
    id: bytes = dataclasses.field(default_factory=lambda: os.urandom(32))
    key: ec.EllipticCurvePrivateKey = dataclasses.field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))


@dataclasses.dataclass
class Work:
    """A request that the key works on: the rest of it, and when it goes on by itself, if ever."""
    channel: int
    steps: object
    status: int = PROCESSING
    goes_on: float | None = 0
    next_keepalive: float = 0


class Key:
    # ---- what a case changes: values, or methods from here to `answer`

    certificate = Certificate()
    aaguid = bytes(range(16))
    touch_after = 0  # seconds; None: until a line comes on standard input
    capabilities = 0x04 | 0x08  # CBOR, no MSG
    pin = None
    pin_protocols = [1]
    token = bytes(range(32))

    def begin(self):
        """Before the first client."""

    def information(self):
        options = {"rk": True, "up": True, **({"clientPin": True} if self.pin else {})}
        return {1: ["FIDO_2_0"], 3: self.aaguid, 4: options, 5: 1200, 6: self.pin_protocols}

    def attest(self, authenticator_data, client_data_hash, credential):
        """Format and statement."""
        statement = {"alg": -7, "sig": sign(self.attestation_key, authenticator_data + client_data_hash)}
        return "packed", {**statement, "x5c": [self.certificate.encode(self.attestation_key)]}

    def account(self, credential):
        """The member `user` of an assertion; None leaves it out."""
        return credential.user if credential.discoverable else None

    def answer(self, command, members):
        """The bytes of an answer; its status is in front already."""
        return encode(members)

    def message(self, channel, command, data):
        """A whole message has come."""
        if command == INIT:
            self.initialize(channel, data)
        elif command == CANCEL:
            if self.work and self.work.channel == channel:
                self.work.steps.close()
                self.end(bytes([Refusal.KEEPALIVE_CANCEL]))
        elif self.work:
            self.send(channel, ERROR, bytes([CHANNEL_BUSY]))
        elif command == PING:
            self.send(channel, PING, data)
        elif command == CBOR:
            self.work = Work(channel, self.command(data))
        else:
            self.send(channel, ERROR, b"\x01")

    def initialize(self, channel, nonce):
        given = channel
        if channel == BROADCAST:
            self.channels += 1
            given = self.channels
        elif self.work and self.work.channel == channel:  # the client has lost its way and begins anew
            self.work = None
        self.send(channel, INIT, nonce + struct.pack(">IBBBBB", given, 2, 1, 0, 0, self.capabilities))

    # ---- commands: each waits with `yield status, seconds`, or until a line comes where the seconds are None

    def __init__(self):
        self.attestation_key = ec.generate_private_key(ec.SECP256R1())
        self.agreement_key = ec.generate_private_key(ec.SECP256R1())
        self.credentials, self.next_accounts = [], []
        self.counter = self.channels = 0
        self.partial, self.work = {}, None
        self.clients = selectors.PollSelector()

    def command(self, data):
        command, request = data[0], decode(data[1:])[0] if data[1:] else {}
        functions = {MAKE_CREDENTIAL: self.make_credential, GET_ASSERTION: self.get_assertion, GET_INFO: self.get_info,
                     CLIENT_PIN: self.client_pin, GET_NEXT_ASSERTION: self.get_next_assertion}
        try:
            if command not in functions:
                raise Refusal(Refusal.INVALID_COMMAND)
            members = yield from functions[command](request)
            return b"\0" + self.answer(command, members)
        except Refusal as refusal:
            return bytes([refusal.args[0]])

    def get_info(self, _):
        yield PROCESSING, 0
        return self.information()

    def make_credential(self, request):
        verified = yield from self.verified(request[1], request.get(8), demanded=self.pin is not None)
        if not any(parameter["alg"] == -7 for parameter in request[4]):
            raise Refusal(Refusal.UNSUPPORTED_ALGORITHM)
        yield from self.touch()
        if self.known(request[2]["id"], request.get(5, [])):
            raise Refusal(Refusal.CREDENTIAL_EXCLUDED)
        credential = Credential(request[2]["id"], request[3], request.get(7, {}).get("rk", False))
        self.credentials.insert(0, credential)
        numbers = credential.key.public_key().public_numbers()
        public_key = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        attested = self.aaguid + struct.pack(">H", len(credential.id)) + credential.id + encode(public_key)
        data = self.authenticator_data(credential.rp_id, USER_PRESENT | verified | ATTESTED) + attested
        format_, statement = self.attest(data, request[1], credential)
        return {1: format_, 2: data, 3: statement}

    def get_assertion(self, request):
        verified = yield from self.verified(request[2], request.get(6))
        wants_touch = request.get(5, {}).get("up", True)
        if 3 in request:
            found = self.known(request[1], request[3])[:1]
        else:
            found = [each for each in self.credentials if each.discoverable and each.rp_id == request[1]]
        if wants_touch:
            yield from self.touch()
        if not found:
            raise Refusal(Refusal.NO_CREDENTIALS)
        flags = verified | (USER_PRESENT if wants_touch else 0)
        self.next_accounts = [(each, flags, request[2]) for each in found[1:]]
        return self.assertion(found[0], flags, request[2], len(found))

    def get_next_assertion(self, _):
        yield PROCESSING, 0
        if not self.next_accounts:
            raise Refusal(Refusal.NOT_ALLOWED)
        return self.assertion(*self.next_accounts.pop(0))

    def assertion(self, credential, flags, client_data_hash, count=1):
        data = self.authenticator_data(credential.rp_id, flags)
        signature = sign(credential.key, data + client_data_hash)
        members = {1: {"id": credential.id, "type": "public-key"}, 2: data, 3: signature}
        user = self.account(credential)
        return {**members, **({} if user is None else {4: user}), **({5: count} if count > 1 else {})}

    def client_pin(self, request):
        yield PROCESSING, 0
        match request[2]:
            case 1:
                return {3: 8}
            case 2:
                numbers = self.agreement_key.public_key().public_numbers()
                return {1: {1: 2, 3: -25, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}}
            case 5:
                x, y = (int.from_bytes(request[3][label]) for label in (-2, -3))
                point = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
                secret = hashlib.sha256(self.agreement_key.exchange(ec.ECDH(), point)).digest()
                cipher = Cipher(algorithms.AES(secret), modes.CBC(bytes(16)))
                if cipher.decryptor().update(request[6]) != hashlib.sha256(self.pin.encode()).digest()[:16]:
                    raise Refusal(Refusal.PIN_INVALID)
                return {2: cipher.encryptor().update(self.token)}
        raise Refusal(Refusal.INVALID_COMMAND)

    def touch(self):
        yield TOUCH_NEEDED, self.touch_after

    def verified(self, client_data_hash, proof, demanded=False):
        """The flag for a user who is verified by a proof, by its token of protocol one."""
        if proof is None and demanded:
            raise Refusal(Refusal.PIN_REQUIRED)
        if proof is None:
            return 0
        if not proof:  # only a touch is wanted
            yield from self.touch()
            raise Refusal(Refusal.PIN_INVALID if self.pin else Refusal.PIN_NOT_SET)
        if not hmac.compare_digest(proof, hmac.digest(self.token, client_data_hash, "sha256")[:16]):
            raise Refusal(Refusal.PIN_AUTH_INVALID)
        return USER_VERIFIED

    def known(self, rp_id, descriptors):
        ids = [descriptor["id"] for descriptor in descriptors]
        return [each for each in self.credentials if each.id in ids and each.rp_id == rp_id]

    def authenticator_data(self, rp_id, flags):
        self.counter += 1
        return hashlib.sha256(rp_id.encode()).digest() + struct.pack(">BI", flags, self.counter)

    # ---- the wire

    def serve(self, path):
        """Until the process is ended."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
            listener.bind(path)
            listener.listen()
            self.clients.register(listener, selectors.EVENT_READ, self.accept)
            self.clients.register(sys.stdin.buffer.raw, selectors.EVENT_READ, self.line)
            self.begin()
            print("ready", flush=True)
            while self.clients.get_map():
                for key, _ in self.clients.select(self.work_on()):
                    key.data(key.fileobj)

    def accept(self, listener):
        self.clients.register(listener.accept()[0], selectors.EVENT_READ, self.report)

    def line(self, stream):
        if not stream.read(4096):
            self.clients.unregister(stream)
        elif self.work and self.work.goes_on is None:
            self.work.goes_on = 0

    def report(self, client):
        try:
            report = client.recv(256)[1:]
        except ConnectionError:
            report = b""
        if not report:
            self.clients.unregister(client)
            client.close()
            return
        channel, first = struct.unpack(">IB", report[:5])
        if first & 0x80:
            self.partial[channel] = [first & 0x7F, struct.unpack(">H", report[5:7])[0], report[7:]]
            self.log("->", channel, first & 0x7F, self.partial[channel][1])
        elif channel in self.partial:
            self.partial[channel][2] += report[5:]
            self.log("->", channel, f"+{first}")
        command, length, data = self.partial.get(channel, (0, 1, b""))
        if len(data) >= length:
            del self.partial[channel]
            self.message(channel, command, data[:length])

    def work_on(self):
        """Go on with the request as far as it goes now; the seconds until there is more to do."""
        now = time.monotonic()
        while self.work and self.work.goes_on is not None and self.work.goes_on <= now:
            try:
                status, seconds = next(self.work.steps)
                if status != self.work.status:
                    self.work.next_keepalive = now
                self.work.status, self.work.goes_on = status, None if seconds is None else now + seconds
                self.keep_alive(now)
            except StopIteration as end:
                self.end(end.value)
        if not self.work:
            return None
        self.keep_alive(now)
        return max(0, min(self.work.next_keepalive, self.work.goes_on or self.work.next_keepalive) - now)

    def keep_alive(self, now):
        if self.work.next_keepalive <= now:
            self.work.next_keepalive = now + 0.1
            self.send(self.work.channel, KEEPALIVE, bytes([self.work.status]))

    def end(self, response):
        channel, self.work = self.work.channel, None
        self.send(channel, CBOR, response)

    def send(self, channel, command, data):
        self.log("<-", channel, command, len(data))
        self.put(struct.pack(">IBH", channel, command | 0x80, len(data)) + data[:57])
        for sequence, start in enumerate(range(57, len(data), 59)):
            self.log("<-", channel, f"+{sequence}")
            self.put(struct.pack(">IB", channel, sequence) + data[start:start + 59])

    def put(self, packet):
        for client in [key.fileobj for key in self.clients.get_map().values() if key.data == self.report]:
            try:
                client.send(packet.ljust(64, b"\0"), socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL)
            except OSError:  # as hidraw does, what a slow reader has no room for is lost
                pass

    def log(self, direction, channel, packet, *length):
        print(direction, f"{channel:08x}", NAMES.get(packet, packet), *length, file=sys.stderr, flush=True)


def sign(key, data):
    return key.sign(data, ec.ECDSA(hashes.SHA256()))
