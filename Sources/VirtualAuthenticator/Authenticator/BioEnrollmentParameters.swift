import CTAP2

/// The type-checked request of authenticatorBioEnrollment (CTAP 2.1 §6.7).
struct BioEnrollmentParameters {
    var modality: UInt64?
    var subCommand: UInt64?
    var pinUVAuth: PINUVAuthParameters
    var getModality: Bool?
    private var parameters: RequestMap?

    init(_ map: RequestMap) throws(Refusal) {
        modality = try map.optional(0x01, \.unsigned)
        subCommand = try map.optional(0x02, \.unsigned)
        parameters = try map.optionalMap(0x03)
        pinUVAuth = try PINUVAuthParameters(map, parameter: 0x05, protocol: 0x04)
        getModality = try map.optional(0x06, \.bool)
    }

    /// The message that pinUvAuthParam authenticates.
    var message: [UInt8] {
        [UInt8(clamping: modality ?? 0), UInt8(clamping: subCommand ?? 0)] + (parameters?.bytes ?? [])
    }

    func templateID() throws(Refusal) -> [UInt8] {
        try parameters.required().required(0x01, \.bytes)
    }

    func friendlyName() throws(Refusal) -> String {
        try parameters.required().required(0x02, \.text)
    }

    /// How long to wait for a finger, at most ten minutes.
    func timeout() throws(Refusal) -> Duration? {
        try parameters?.optional(0x03, \.unsigned).map { .milliseconds(min($0, 600_000)) }
    }
}
