"""CBOR and X.509 for key.py, written out so that an odd key can write what no library would."""
import dataclasses
import struct

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


class Raw(bytes):
    """Stands for a CBOR item as it is."""


def encode(item):
    """CBOR; the members of a map stay in their order."""
    match item:
        case Raw():
            return bytes(item)
        case bool() | None:
            return {False: b"\xf4", True: b"\xf5", None: b"\xf6"}[item]
        case int():
            return head(0, item) if item >= 0 else head(1, -1 - item)
        case float():
            return b"\xfb" + struct.pack(">d", item)
        case bytes():
            return head(2, len(item)) + item
        case str():
            return head(3, len(item.encode())) + item.encode()
        case list():
            return head(4, len(item)) + b"".join(map(encode, item))
        case dict():
            return head(5, len(item)) + b"".join(encode(key) + encode(value) for key, value in item.items())
    raise TypeError(item)


def head(major, number):
    if number < 24:
        return bytes([major << 5 | number])
    size = next(size for size in range(4) if number < 1 << (8 << size))
    return bytes([major << 5 | 24 + size]) + number.to_bytes(1 << size)


def decode(data, offset=0):
    """The item at an offset, and the offset behind it."""
    major, number = data[offset] >> 5, data[offset] & 0x1F
    offset += 1
    if number >= 24:
        size = 1 << number - 24
        number = int.from_bytes(data[offset:offset + size])
        offset += size
    match major:
        case 0 | 1:
            return (number if major == 0 else -1 - number), offset
        case 2 | 3:
            content = data[offset:offset + number]
            return (content if major == 2 else content.decode()), offset + number
        case 4 | 5:
            items = []
            for _ in range(number * (major - 3)):
                item, offset = decode(data, offset)
                items.append(item)
            return (items if major == 4 else dict(zip(items[::2], items[1::2]))), offset
        case 7:
            return {20: False, 21: True}.get(number), offset
    raise ValueError(data)


COUNTRY, ORGANIZATION, UNIT, COMMON_NAME = "2.5.4.6", "2.5.4.10", "2.5.4.11", "2.5.4.3"
ECDSA_WITH_SHA256, EC_PUBLIC_KEY, P256, BASIC_CONSTRAINTS = (
    "1.2.840.10045.4.3.2", "1.2.840.10045.2.1", "1.2.840.10045.3.1.7", "2.5.29.19")


@dataclasses.dataclass(frozen=True)
class Certificate:
    """An attestation certificate as WebAuthn §8.2.1 wants it, signed by its own key."""
    serial: int = 7
    algorithm: str = ECDSA_WITH_SHA256
    subject: tuple = ((COUNTRY, "ZZ"), (ORGANIZATION, "Odd Keys"), (UNIT, "Authenticator Attestation"), (COMMON_NAME, "Key"))
    basic_constraints: bytes | None = b"\x30\x00"
    point: serialization.PublicFormat = serialization.PublicFormat.UncompressedPoint

    def without(self, attribute):
        return dataclasses.replace(self, subject=tuple(pair for pair in self.subject if pair[0] != attribute))

    def encode(self, key):
        algorithm = der(0x30, oid(self.algorithm))
        name = der(0x30, *(der(0x31, der(0x30, oid(type_), der(0x0C, text.encode()))) for type_, text in self.subject))
        validity = der(0x30, der(0x17, b"200101000000Z"), der(0x17, b"490101000000Z"))
        point = key.public_key().public_bytes(serialization.Encoding.X962, self.point)
        public_key = der(0x30, der(0x30, oid(EC_PUBLIC_KEY), oid(P256)), der(0x03, b"\0", point))
        extensions = [] if self.basic_constraints is None else [der(0xA3, der(0x30, der(
            0x30, oid(BASIC_CONSTRAINTS), der(0x01, b"\xff"), der(0x04, self.basic_constraints))))]
        serial = self.serial.to_bytes(self.serial.bit_length() // 8 + 1, signed=True)
        body = der(0x30, der(0xA0, der(0x02, b"\x02")), der(0x02, serial), algorithm, name, validity, name, public_key,
                   *extensions)
        return der(0x30, body, algorithm, der(0x03, b"\0", key.sign(body, ec.ECDSA(hashes.SHA256()))))


def der(tag, *parts):
    content = b"".join(parts)
    length = len(content)
    size = (length.bit_length() + 7) // 8
    return bytes([tag]) + (bytes([length]) if length < 128 else bytes([0x80 | size]) + length.to_bytes(size)) + content


def oid(text):
    first, second, *rest = map(int, text.split("."))
    content = b""
    for number in [40 * first + second, *rest]:
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.insert(0, number & 0x7F | 0x80)
        content += bytes(groups)
    return der(0x06, content)
