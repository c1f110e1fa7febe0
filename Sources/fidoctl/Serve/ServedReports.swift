import CTAPHID

/// The result of `devices`: as `fidoctl list --json`.
struct ServedDevices: Encodable, Sendable {
    let devices: [DeviceReport]

    init() {
        let memory = KeyMemory.loadIfPossible()
        devices = DeviceList.scan().map { DeviceReport($0, ownName: memory.ownName(serial: $0.serialNumber)) }
    }
}

/// The result of `capabilities`.
struct ServeCapabilities: Encodable, Sendable {
    /// Grows when a message changes its meaning, not when messages or members are added.
    let protocolVersion = 1
    let program = "fidoctl"
    let version = programVersion
    /// The types of messages that are understood.
    let types = IncomingMessage.Kind.allCases.map(\.rawValue)
    let clientCapabilities = Self.webAuthn

    /// As `PublicKeyCredential.getClientCapabilities()` (WebAuthn L3 §5.8.7).
    private static let webAuthn = [
        "conditionalCreate": false, "conditionalGet": false, "hybridTransport": false,
        "passkeyPlatformAuthenticator": false, "userVerifyingPlatformAuthenticator": false, "relatedOrigins": false,
        "signalAllAcceptedCredentials": false, "signalCurrentUserDetails": false, "signalUnknownCredential": false,
        "extension:appid": true, "extension:appidExclude": true, "extension:credBlob": true,
        "extension:credProps": true,
        "extension:credProtect": true, "extension:hmacCreateSecret": true, "extension:largeBlob": true,
        "extension:minPinLength": true, "extension:payment": true, "extension:prf": true,
    ]
}
