extension StatusCode {
    /// What the status means, in one sentence for people.
    public var explanation: String {
        if let explanation = Self.explanations[rawValue] { return explanation }
        return switch rawValue {
        case 0xE0...0xEF: "An extension failed with a code of its own definition."
        case 0xF0...0xFF: "The key failed with a vendor-specific code."
        default: "The key returned an unknown status code."
        }
    }

    private static let explanations: [UInt8: String] = [
        0x00: "The command succeeded.",
        0x01: "The key does not support this command.",
        0x02: "The key does not accept a parameter of the command.",
        0x03: "The command, or a part of it, has an invalid length.",
        0x04: "The command came out of order.",
        0x05: "The message to the key did not arrive in time.",
        0x06: "The key is busy with another program.",
        0x0A: "The command needs a lock on the key's channel.",
        0x0B: "The channel to the key is not valid.",
        0x11: "A parameter of the command has an unexpected type.",
        0x12: "The key could not read the command.",
        0x14: "The command lacks a required parameter.",
        0x15: "The command exceeds a limit of the key, such as the length of a list.",
        0x16: "The key does not support a requested extension.",
        0x17: "The key has no room for another fingerprint.",
        0x18: "The key has no room for this large blob.",
        0x19: "This key is already registered.",
        0x21: "The key is still processing a long operation.",
        0x22: "The credential is not valid on this key.",
        0x23: "The key is waiting for its user.",
        0x24: "The key has an operation in progress.",
        0x25: "The key has no operation in progress.",
        0x26: "The key supports none of the requested algorithms.",
        0x27: "The key or its user declined.",
        0x28: "The key has no room for another credential.",
        0x29: "The key is not busy.",
        0x2A: "The key has no pending operation.",
        0x2B: "The key does not support a requested option.",
        0x2C: "The key cannot do this with the options given.",
        0x2D: "The operation was cancelled.",
        0x2E: "The key holds no matching credential.",
        0x2F: "The user did not touch the key or verify in time.",
        0x30: "The key does not allow this now.",
        0x31: "The PIN is wrong.",
        0x32: "The PIN is blocked after too many wrong tries; the key must be reset.",
        0x33: "The key rejected the proof of user verification.",
        0x34: "The PIN was wrong too often in a row; unplug the key and plug it in again.",
        0x35: "The key has no PIN.",
        0x36: "The key requires its PIN or another form of user verification.",
        0x37: "The PIN does not satisfy the key's policy, or must be changed first.",
        0x38: "The proof of user verification has expired.",
        0x39: "The command is longer than the key accepts.",
        0x3A: "The user did not act in time.",
        0x3B: "The key requires a touch.",
        0x3C: "The key's own user verification is blocked; use the PIN.",
        0x3D: "The stored data are corrupt.",
        0x3E: "The key does not support this subcommand.",
        0x3F: "The key did not recognise its user.",
        0x40: "The key does not grant this permission for this form of user verification.",
        0x7F: "The key failed without saying why.",
        0xDF: "The key returned the last code that the specification reserves.",
    ]
}
