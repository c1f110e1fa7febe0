import CTAP2

extension Scenario.SubCommand {
    /// Looks up the specification's name of a subcommand.
    init?(name: String) {
        for (commands, member, names) in Self.families {
            guard let number = names[name] else { continue }
            self.init(commands: commands.map(\.rawValue), member: member, number: number)
            return
        }
        return nil
    }

    /// The commands with subcommands, the request member with the subcommand, and the subcommands' names.
    private static let families: [(commands: [CTAPCommand], member: UInt8, names: [String: UInt8])] = [
        (
            [.clientPIN], 0x02,
            [
                "getPINRetries": 0x01, "getKeyAgreement": 0x02, "setPIN": 0x03, "changePIN": 0x04, "getPinToken": 0x05,
                "getPinUvAuthTokenUsingUvWithPermissions": 0x06, "getUVRetries": 0x07,
                "getPinUvAuthTokenUsingPinWithPermissions": 0x09,
            ]
        ),
        (
            [.bioEnrollment, .bioEnrollmentPreview], 0x02,
            [
                "enrollBegin": 0x01, "enrollCaptureNextSample": 0x02, "cancelCurrentEnrollment": 0x03,
                "enumerateEnrollments": 0x04, "setFriendlyName": 0x05, "removeEnrollment": 0x06,
                "getFingerprintSensorInfo": 0x07,
            ]
        ),
        (
            [.credentialManagement, .credentialManagementPreview], 0x01,
            [
                "getCredsMetadata": 0x01, "enumerateRPsBegin": 0x02, "enumerateRPsGetNextRP": 0x03,
                "enumerateCredentialsBegin": 0x04, "enumerateCredentialsGetNextCredential": 0x05,
                "deleteCredential": 0x06, "updateUserInformation": 0x07,
            ]
        ),
        (
            [.config], 0x01,
            [
                "enableEnterpriseAttestation": 0x01, "toggleAlwaysUv": 0x02, "setMinPINLength": 0x03,
                "enableLongTouchForReset": 0x04,
            ]
        ),
    ]

    /// Whether a request in canonical CBOR that begins with `data` matches; only small numbers precede the subcommand.
    func fits(_ data: [UInt8]) -> Bool {
        guard let command = data.first, commands.contains(command) else { return false }
        var members = data.dropFirst(2)
        while let member = members.popFirst(), let value = members.popFirst(), value < 0x18 {
            if member == self.member { return value == number }
        }
        return false
    }
}
