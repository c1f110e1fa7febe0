import CTAP2
import CTAPHID
import Interaction
import Platform

extension InfoReport {
    /// Everything for people, in two columns; text from the key is escaped.
    var lines: [String] {
        let title = "\(key.name)  \(key.path)"
        guard !info.isU2FOnly else { return [title, Text.isU2FKey.localized] + Table.lines(protocols) }
        return [title]
            + Table.lines(protocols + identity + limits + verification + maintenance)
            + [Text.options.localized + ":"]
            + Table.lines(optionRows)
    }

    private typealias Row = (label: Text, value: String)

    private var protocols: [Row] {
        [
            (.ctaphidVersion, String(initResponse.protocolVersion)),
            (.deviceVersion, deviceVersion),
            (.capabilities, list(capabilities)),
            (.protocolVersions, list(info.versions)),
        ]
    }

    private var identity: [Row] {
        [
            (.extensions, list(info.extensions)),
            (.model, info.aaguid.description),
            (.algorithms, list(info.algorithms.map(\.alg.description))),
            (.transports, list(info.transports)),
            (.attestationFormats, list(info.attestationFormats)),
        ] + present(.firmwareVersion, info.firmwareVersion)
            + (info.certifications.isEmpty ? [] : [(.certifications, certifications)])
    }

    private var limits: [Row] {
        [(.longestRequest, "\(info.maxMsgSize)")]
            + present(.credentialsInAList, info.maxCredentialCountInList)
            + present(.longestCredentialID, info.maxCredentialIdLength)
            + present(.roomForDiscoverableCredentials, info.remainingDiscoverableCredentials)
            + present(.roomForLargeBlobs, info.maxSerializedLargeBlobArray)
            + present(.longestCredBlob, info.maxCredBlobLength)
    }

    private var verification: [Row] {
        [
            (.pinProtocols, list(info.pinUvAuthProtocols.map(String.init))),
            (.pinLength, "\(info.minPINLength)-\(info.maxPINLength)"),
            (.pinMustBeChanged, Text.yesOrNo(info.forcePINChange).localized),
        ] + present(.pinPolicy, info.pinComplexityPolicy.map { Text.yesOrNo($0).localized })
            + present(.pinPolicyExplainedAt, policyURL.map(TerminalText.escape))
            + present(.triesOfBuiltInVerification, info.preferredPlatformUvAttempts)
            + present(.verificationsSinceTheLastPIN, info.uvCountSinceLastPinEntry)
            + present(.verifiesBy, info.uvModality.map(Self.modality))
    }

    private var maintenance: [Row] {
        [(.resetNeedsALongTouch, Text.yesOrNo(info.longTouchForReset).localized)]
            + present(.resetPossibleOver, info.transportsForReset.map(list))
            + present(.rpIDsThatLearnThePINLength, info.maxRPIDsForSetMinPINLength)
            + present(.configurationCommands, info.authenticatorConfigCommands.map(Self.numbers))
            + present(
                .vendorConfigurationCommands,
                info.vendorPrototypeConfigCommands.map(Self.numbers)
            )
            + present(.encryptedIdentifier, info.encIdentifier?.hexadecimal)
            + present(.encryptedStoreState, info.encCredStoreState?.hexadecimal)
            + unrecognized.sorted { $0.key < $1.key }.map {
                (.unknownMember($0.key), $0.value)
            }
    }

    private var optionRows: [Row] {
        info.options.values.sorted { $0.key < $1.key }.map { identifier, value in
            let state = Text.yesOrNo(value).localized
            let meaning = Text.option(identifier, is: value).map { "  (" + $0.localized + ")" } ?? ""
            return (Text(verbatim: TerminalText.escape(identifier)), state + meaning)
        }
    }

    private var certifications: String {
        list(info.certifications.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
    }

    private func present(_ label: Text, _ value: (some CustomStringConvertible)?) -> [Row] {
        value.map { [(label, $0.description)] } ?? []
    }

    private func list(_ items: [String]) -> String {
        items.isEmpty ? "-" : Self.joined(items.map(TerminalText.escape))
    }

    private static func numbers(_ numbers: [UInt64]) -> String {
        numbers.isEmpty ? "-" : joined(numbers.map { "0x" + String($0, radix: 16) })
    }

    /// The generic `joined` costs its first caller as much as reading the information from the key (docs/performance.md).
    private static func joined(_ items: [String]) -> String {
        var text = ""
        for item in items { text += (text.isEmpty ? "" : ", ") + item }
        return text
    }

    /// The FIDO registry's USER_VERIFY bits by name (FIDO Registry of Predefined Values §3.1).
    private static func modality(_ bits: UInt64) -> String {
        let names: [(UInt64, String)] = [
            (0x001, "presence"), (0x002, "fingerprint"), (0x004, "passcode"), (0x008, "voiceprint"),
            (0x010, "faceprint"), (0x020, "location"), (0x040, "eyeprint"), (0x080, "pattern"),
            (0x100, "handprint"), (0x200, "none"), (0x400, "all"), (0x800, "external passcode"),
            (0x1000, "external pattern"),
        ]
        let set = names.filter { bits & $0.0 != 0 }.map(\.1)
        return "0x" + String(bits, radix: 16) + (set.isEmpty ? "" : " (" + joined(set) + ")")
    }
}
