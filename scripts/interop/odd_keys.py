"""Keys that are odd in one way each: odd_keys.py NAME SOCKET, where the name is a class's in this file.

    scripts/testbed run --key '.build/interop/bin/python scripts/interop/odd_keys.py NegativeSerial {socket}' -- fidoctl info

docs/testing.md says how to add one.
"""
import math
import struct
import sys

from cryptography.hazmat.primitives import serialization

from encodings_by_hand import UNIT, Certificate, encode
from key import CBOR, CHANNEL_BUSY, ERROR, GET_ASSERTION, INIT, MSG, TOUCH_NEEDED, Credential, Key, Work, sign


# ---- attestation

class NegativeSerial(Key):
    certificate = Certificate(serial=-7)


class UnknownSignatureAlgorithm(Key):
    certificate = Certificate(algorithm="1.3.6.1.4.1.99999.1")


class CompressedPoint(Key):
    certificate = Certificate(point=serialization.PublicFormat.CompressedPoint)


class NoBasicConstraints(Key):
    certificate = Certificate(basic_constraints=None)


class NoOrganizationalUnit(Key):
    certificate = Certificate().without(UNIT)


class CertificateIsText(Key):
    def attest(self, *arguments):
        format_, statement = super().attest(*arguments)
        return format_, {**statement, "x5c": ["certificate"]}


class NoCertificates(Key):
    def attest(self, *arguments):
        format_, statement = super().attest(*arguments)
        return format_, {**statement, "x5c": []}


class OtherSignature(Key):
    def attest(self, data, client_data_hash, credential):
        return super().attest(data, bytes(32), credential)


class SelfAttested(Key):
    def attest(self, data, client_data_hash, credential):
        return "packed", {"alg": -7, "sig": sign(credential.key, data + client_data_hash)}


class U2FAttested(Key):
    """The statement of a key that a client spoke U2F with (WebAuthn §8.6)."""
    aaguid = bytes(16)

    def attest(self, data, client_data_hash, credential):
        point = credential.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
        signature = sign(self.attestation_key, b"\0" + data[:32] + client_data_hash + credential.id + point)
        return "fido-u2f", {"sig": signature, "x5c": [self.certificate.encode(self.attestation_key)]}


class NotAttested(Key):
    def attest(self, *_):
        return "none", {}


class ArrayStatement(Key):
    def attest(self, *arguments):
        packed = {"fmt": "packed", "attStmt": super().attest(*arguments)[1]}
        return "compound", [packed, packed]


class NumberStatement(Key):
    def attest(self, *_):
        return "example-unknown", 7


# ---- accounts and lists

class EmptyUserID(Key):
    def account(self, credential):
        return {"id": b"", "name": "nobody"}


class OddAccount(Key):
    """Optional members of an assertion that no login uses, of the wrong types."""
    def account(self, credential):
        return {"id": credential.user["id"], "name": 7, "displayName": [], "icon": {}}


class TooFewAccounts(Key):
    """Announces an account more than it gives."""
    def answer(self, command, members):
        return encode({**members, 5: 2} if command == GET_ASSERTION else members)


class Unsorted(Key):
    def answer(self, command, members):
        return encode(dict(reversed(members.items())))


class MemberTwice(Key):
    def answer(self, command, members):
        whole = encode(members)
        return bytes([whole[0] + 1]) + whole[1:] + encode(2) + encode(b"") if command == GET_ASSERTION else whole


class BytesLeftOver(Key):
    def answer(self, command, members):
        return encode(members) + (b"\0" if command == GET_ASSERTION else b"")


class OddInformation(Key):
    """Versions, algorithms and members that nobody knows, a float and a NaN among them."""
    def information(self):
        odd = {1: ["FIDO_9_9", "FIDO_2_0", "FIDO_2_0"], 10: [{"alg": -99999, "type": "other"}], 99: 1.5, 100: math.nan}
        return {**super().information(), **odd}


# ---- PINs

class LongToken(Key):
    """48 bytes by protocol one: a vendor's key has one."""
    pin, token = "1234", bytes(range(48))


class LongerToken(Key):
    pin, token = "1234", bytes(range(64))


class TokenOfOneBlock(Key):
    pin, token = "1234", bytes(range(16))


class UnknownPINProtocol(Key):
    pin, pin_protocols = "1234", [99]


# ---- keys that others use too: a touch, or a line on standard input, ends what the other program does

class OtherProgram(Key):
    """Waits for the touch that a program on another channel wants; answers INIT meanwhile."""
    def begin(self):
        self.work = Work(0xAA, self.other_touch())

    def other_touch(self):
        yield TOUCH_NEEDED, None
        return b"\x27"


class DropsINIT(OtherProgram):
    """The same, and INIT goes unanswered."""
    def initialize(self, channel, nonce):
        if self.work is None:
            super().initialize(channel, nonce)


class Locked(Key):
    """Another channel has the key by LOCK; the first 20 messages find it busy."""
    refused = 0

    def message(self, channel, command, data):
        self.refused += 1
        if self.refused <= 20:
            return self.send(channel, ERROR, bytes([CHANNEL_BUSY]))
        super().message(channel, command, data)


class AnswersOthers(Key):
    """A whole answer for another channel comes before each of ours."""
    def end(self, response):
        self.send(0xAA, CBOR, b"\x2E")
        super().end(response)


class OtherNonce(Key):
    """A response to another program's INIT comes before the one to ours."""
    def initialize(self, channel, nonce):
        self.send(channel, INIT, bytes(8) + b"\0\0\0\xaa\2\0\0\0\4")
        super().initialize(channel, nonce)


# ---- U2F

class PromisesCBOR(Key):
    """A key of U2F alone that says it has CBOR, and answers that it has not."""
    capabilities = 0x04
    polls = 0

    def message(self, channel, command, data):
        if command == CBOR:
            self.answer_cbor(channel)
        elif command == MSG:
            self.send(channel, MSG, self.u2f(data[1], data[2], data[7:-2]))
        else:
            super().message(channel, command, data)

    def answer_cbor(self, channel):
        self.send(channel, ERROR, b"\x01")

    def u2f(self, instruction, control, data):
        if instruction == 3:
            return b"U2F_V2\x90\0"
        challenge, application = data[:32], data[32:64]
        found = [each for each in self.credentials if each.id == data[65:] and each.rp_id == application]
        if instruction == 2 and not found:
            return b"\x6a\x80"
        self.polls += 1
        if control == 7 or self.polls % 3:  # the touch comes before the third request
            return b"\x69\x85"
        if instruction == 2:
            self.counter += 1
            signed = struct.pack(">BI", 1, self.counter)
            return signed + sign(found[0].key, application + signed + challenge) + b"\x90\0"
        self.credentials.append(credential := Credential(application, {}, False))
        numbers = credential.key.public_key().public_numbers()
        point = b"\4" + numbers.x.to_bytes(32) + numbers.y.to_bytes(32)
        signature = sign(self.attestation_key, b"\0" + application + challenge + credential.id + point)
        certificate = self.certificate.encode(self.attestation_key)
        return b"\5" + point + bytes([32]) + credential.id + certificate + signature + b"\x90\0"


class BrokenInformation(PromisesCBOR):
    """U2F would work, but the key has CTAP2, with a getInfo that cannot be read."""
    def answer_cbor(self, channel):
        self.send(channel, CBOR, b"\0\xff")


if __name__ == "__main__":
    cases = {name: case for name, case in globals().items() if isinstance(case, type) and issubclass(case, Key)}
    if len(sys.argv) != 3 or sys.argv[1] not in cases:
        sys.exit(f"usage: odd_keys.py {'|'.join(cases)} SOCKET")
    cases[sys.argv[1]]().serve(sys.argv[2])
