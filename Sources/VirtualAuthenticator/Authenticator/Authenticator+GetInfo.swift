import CTAP2

extension Authenticator {
    /// authenticatorGetInfo (CTAP 2.1 §6.4): only what this key does.
    ///
    /// FIDO_2_1 is not claimed, since CTAP 2.1 §9 demands extensions and commands that are not here.
    func getInfo() throws(Refusal) -> CommandStep {
        let stored = try store.read().credentials.count
        return .finished([
            0x01: .array(["FIDO_2_0"]),
            0x03: .bytes(settings.aaguid),
            0x04: .map(["rk": true, "up": true, "plat": false]),
            0x05: .int(maximumMessageSize),
            0x07: .int(settings.maximumCredentialCountInList),
            0x08: .int(settings.maximumCredentialIDLength),
            0x09: .array(["usb"]),
            0x0A: .array(settings.algorithms.map { .map(["alg": .int($0.rawValue), "type": "public-key"]) }),
            0x0E: 1,
            0x14: .int(max(0, settings.discoverableCapacity - stored)),
        ])
    }
}
