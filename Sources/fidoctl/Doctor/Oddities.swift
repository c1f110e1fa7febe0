import CTAP2
import CTAPHID
import Interaction

/// Where a key's responses to INIT and getInfo are not as the specification says.
struct Oddities {
    let texts: [Text]

    init(_ answers: KeyAnswers) {
        let info = answers.info
        var texts: [Text] = []
        func note(_ text: Text, if isSo: Bool) {
            if isSo { texts.append(text) }
        }
        if let deviation = answers.deviation { texts.append(.notCanonical(deviation.explanation)) }
        let version = Int(answers.initResponse.protocolVersion)
        note(.oddValue("CTAPHID", version, allowed: 2...2), if: version != 2)
        note(
            .oddValue("maxMsgSize", info.maxMsgSize, allowed: Self.messageSizes),
            if: !Self.messageSizes.contains(info.maxMsgSize)
        )
        note(
            .oddValue("minPINLength", info.minPINLength, allowed: Self.pinLengths),
            if: !Self.pinLengths.contains(info.minPINLength)
        )
        note(
            .oddValue("maxPINLength", info.maxPINLength, allowed: Self.maximumPINLengths),
            if: !Self.maximumPINLengths.contains(info.maxPINLength)
        )
        note(.oddValue("maxCredentialCountInList", 0, allowed: 1...Int.max), if: info.maxCredentialCountInList == 0)
        note(.oddValue("maxCredentialIdLength", 0, allowed: 1...Int.max), if: info.maxCredentialIdLength == 0)
        note(
            .noPINProtocol(info.pinUvAuthProtocols),
            if: info.options.clientPin != nil && info.preferredPINUVAuthProtocol == nil
        )
        note(.noPresence, if: !info.options.up)
        note(.undefinedVersion, if: info.versions.contains("FIDO_2_2"))
        for member in Self.misread(info) { texts.append(.oddMember(member)) }
        self.texts = texts
    }

    /// CTAP 2.1 §6.4 asks for at least 1024; more than 7,609 fit in no message of 64-byte reports, but in larger ones.
    private static let messageSizes = 1024...131_072
    /// In code points (CTAP 2.1 §6.5.1).
    private static let pinLengths = 4...63
    /// In bytes (CTAP 2.3 §6.4).
    private static let maximumPINLengths = 8...63
    /// The last member that CTAP 2.3 defines.
    private static let lastMember: UInt64 = 0x1F

    /// The defined members whose value has the wrong type.
    private static func misread(_ info: AuthenticatorInfo) -> [UInt64] {
        info.unrecognizedMembers.entries.compactMap { entry in
            entry.key.unsigned.flatMap { $0 <= lastMember ? $0 : nil }
        }
    }
}
