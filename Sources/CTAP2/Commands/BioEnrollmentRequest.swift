/// The subcommands of authenticatorBioEnrollment (CTAP 2.3 §6.7).
package enum BioEnrollmentSubCommand: UInt8, Hashable, Sendable {
    case enrollBegin = 1
    case enrollCaptureNextSample = 2
    case cancelCurrentEnrollment = 3
    case enumerateEnrollments = 4
    case setFriendlyName = 5
    case removeEnrollment = 6
    case getFingerprintSensorInfo = 7
}

/// The request of authenticatorBioEnrollment (CTAP 2.3 §6.7).
package struct BioEnrollmentRequest: Hashable, Sendable {
    /// The only modality that CTAP defines.
    package static let fingerprint: UInt8 = 1

    package let command: CTAPCommand
    /// `nil` for getModality.
    package var subCommand: BioEnrollmentSubCommand?
    package var templateId: [UInt8]?
    package var templateFriendlyName: String?
    package var timeoutMilliseconds: Int?
    package var authorization: PINUVAuthorization?

    package init(_ subCommand: BioEnrollmentSubCommand?, command: CTAPCommand = .bioEnrollment) {
        self.subCommand = subCommand
        self.command = command
    }
}

extension BioEnrollmentRequest: AuthorizableRequest {
    package var authorizedBytes: [UInt8] {
        [Self.fingerprint] + (subCommand.map { [$0.rawValue] } ?? []) + parameters.encodedUnlessEmpty
    }

    package var cbor: CBORMap {
        guard let subCommand else { return [6: true] }
        var map: CBORMap = [1: .int(Int(Self.fingerprint)), 2: .int(Int(subCommand.rawValue))]
        if !parameters.isEmpty { map[3] = .map(parameters) }
        map[4] = authorization.map { .int($0.pinUvAuthProtocol.rawValue) }
        map[5] = authorization.map { .bytes($0.param) }
        return map
    }

    private var parameters: CBORMap {
        var map = CBORMap()
        map[1] = templateId.map(CBORValue.bytes)
        map[2] = templateFriendlyName.map(CBORValue.text)
        map[3] = timeoutMilliseconds.map(CBORValue.int)
        return map
    }

    package func response(_ members: CBORMap) throws(ResponseError) -> BioEnrollmentResponse {
        do throws(CBORError) {
            return try BioEnrollmentResponse(cbor: members)
        } catch {
            throw .cbor(error)
        }
    }
}

/// The response of authenticatorBioEnrollment (CTAP 2.3 §6.7).
package struct BioEnrollmentResponse: Hashable, Sendable {
    package var modality: Int?
    package var fingerprintKind: Int?
    package var maxCaptureSamplesRequiredForEnroll: Int?
    package var templateId: [UInt8]?
    package var lastEnrollSampleStatus: FingerprintSample?
    package var remainingSamples: Int?
    package var templateInfos: [FingerprintTemplate]
    /// In bytes of UTF-8.
    package var maxTemplateFriendlyName: Int?
}

extension BioEnrollmentResponse {
    /// Parses the response's map; ignores unknown members.
    package init(cbor map: CBORMap) throws(CBORError) {
        modality = try map.optional(1, "modality", \.nonNegativeInt)
        fingerprintKind = try map.optional(2, "fingerprintKind", \.nonNegativeInt)
        maxCaptureSamplesRequiredForEnroll = try map.optional(3, "maxCaptureSamplesRequiredForEnroll", \.nonNegativeInt)
        templateId = try map.optional(4, "templateId", \.bytes)
        lastEnrollSampleStatus = try map.optional(5, "lastEnrollSampleStatus") { value in
            value.unsigned.flatMap(UInt8.init(exactly:)).map(FingerprintSample.init(rawValue:))
        }
        remainingSamples = try map.optional(6, "remainingSamples", \.nonNegativeInt)
        templateInfos = try map.optional(7, "templateInfos") { $0.elements(FingerprintTemplate.init(cbor:)) } ?? []
        maxTemplateFriendlyName = try map.optional(8, "maxTemplateFriendlyName", \.nonNegativeInt)
    }
}

/// An enrolled fingerprint.
public struct FingerprintTemplate: Hashable, Sendable {
    public let id: [UInt8]
    /// Unchecked text: escape it before printing. `nil` if the fingerprint has no name.
    public let name: String?

    public init(id: [UInt8], name: String? = nil) {
        self.id = id
        self.name = name
    }

    /// `nil` unless `value` is a map with an ID. Some keys send an empty name for a fingerprint without one.
    init?(cbor value: CBORValue) {
        guard let map = value.map, let id = map[1]?.bytes else { return nil }
        let name = map[2]?.text
        self.init(id: id, name: name?.isEmpty == true ? nil : name)
    }
}

/// The result of one sample (CTAP 2.3 §6.7.4, `lastEnrollSampleStatus`); unknown codes are kept.
public struct FingerprintSample: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let good = FingerprintSample(rawValue: 0x00)
    public static let tooHigh = FingerprintSample(rawValue: 0x01)
    public static let tooLow = FingerprintSample(rawValue: 0x02)
    public static let tooLeft = FingerprintSample(rawValue: 0x03)
    public static let tooRight = FingerprintSample(rawValue: 0x04)
    public static let tooFast = FingerprintSample(rawValue: 0x05)
    public static let tooSlow = FingerprintSample(rawValue: 0x06)
    public static let poorQuality = FingerprintSample(rawValue: 0x07)
    public static let tooSkewed = FingerprintSample(rawValue: 0x08)
    public static let tooShort = FingerprintSample(rawValue: 0x09)
    public static let mergeFailure = FingerprintSample(rawValue: 0x0A)
    /// The finger is already enrolled.
    public static let exists = FingerprintSample(rawValue: 0x0B)
    public static let databaseFull = FingerprintSample(rawValue: 0x0C)
    /// The sensor was not touched in time.
    public static let noUserActivity = FingerprintSample(rawValue: 0x0D)
    /// The finger was not lifted between two samples.
    public static let noUserPresenceTransition = FingerprintSample(rawValue: 0x0E)
}
