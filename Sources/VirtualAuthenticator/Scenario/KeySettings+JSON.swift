import CTAP2

/// The member `key` of a scenario file.
extension KeySettings {
    private static let members: Set<String> = [
        "reportSize", "maxMsgSize", "maxCredentialCountInList", "maxCredentialIdLength", "discoverableCapacity",
        "algorithms", "userActionTimeout", "resetWindow", "versions", "edition", "extensions",
        "touchesBeforeNoCredentials", "u2f",
    ]

    mutating func change(as key: JSONReader) throws(ScenarioError) {
        try key.requireMembers(Self.members.union(UserVerificationSettings.members).union(ManagementSettings.members))
        // First, since it sets the defaults of other members.
        switch try key["edition"]?.name(Edition.init(rawValue:)) {
        case .ctap20: self = .ctap20
        case .ctap21: self = .ctap21
        case .ctap23, nil: break
        }
        reportSize = try key["reportSize"]?.integer(in: 8...1024) ?? reportSize
        maximumMessageSize = try key["maxMsgSize"]?.integer(in: 1...65_535) ?? maximumMessageSize
        maximumCredentialCountInList =
            try key["maxCredentialCountInList"]?.integer(in: 1...1000) ?? maximumCredentialCountInList
        maximumCredentialIDLength =
            try key["maxCredentialIdLength"]?.integer(in: 1...1023) ?? maximumCredentialIDLength
        discoverableCapacity = try key["discoverableCapacity"]?.integer(in: 0...1000) ?? discoverableCapacity
        userActionTimeout = try key["userActionTimeout"]?.seconds() ?? userActionTimeout
        touchesBeforeNoCredentials = try key["touchesBeforeNoCredentials"]?.flag() ?? touchesBeforeNoCredentials
        resetWindow = try key["resetWindow"]?.seconds() ?? resetWindow
        algorithms =
            try key["algorithms"]?.list { reader throws(ScenarioError) in
                try reader.name { name in KeySettings().algorithms.first { $0.description == name } }
            } ?? algorithms
        versions = try key["versions"]?.list { reader throws(ScenarioError) in try reader.string() } ?? versions
        extensions =
            try key["extensions"].map { reader throws(ScenarioError) in
                let names = try reader.elements().map { element throws(ScenarioError) in
                    try element.name { name in KeyExtensions.all.first { $0.identifier == name }?.identifier }
                }
                return KeyExtensions(KeyExtensions.all).filter(names.contains)
            } ?? extensions
        if let reader = key["u2f"] { u2f = try Self.u2fSupport(reader) }
        try userVerification.change(as: key)
        try management.change(as: key)
    }

    /// `true`, `false` or `"only"`.
    private static func u2fSupport(_ reader: JSONReader) throws(ScenarioError) -> U2FSupport {
        guard (try? reader.string()) == nil else { return try reader.name { $0 == "only" ? .only : nil } }
        return try reader.flag() ? .besideCTAP2 : .none
    }
}

extension UserVerificationSettings {
    fileprivate static let members: Set<String> = [
        "pin", "pinRetries", "forcePINChange", "minPINLength", "maxPINLength", "pinUvAuthProtocols", "pinUvAuthToken",
        "makeCredUvNotRqd", "alwaysUv", "noMcGaPermissionsWithClientPin", "rollingPinUvAuthToken", "uv", "uvRetries",
        "uvRetriesLeft", "preferredPlatformUvAttempts", "uvModality",
    ]

    fileprivate mutating func change(as key: JSONReader) throws(ScenarioError) {
        minimumPINLength = try key["minPINLength"]?.integer(in: 4...63) ?? minimumPINLength
        maximumPINLength = try key["maxPINLength"]?.integer(in: 8...63) ?? maximumPINLength
        protocols =
            try key["pinUvAuthProtocols"]?.list { reader throws(ScenarioError) in
                try PINProtocol(rawValue: UInt64(reader.integer(in: 1...2))) ?? .two
            } ?? protocols
        tokensHavePermissions = try key["pinUvAuthToken"]?.flag() ?? tokensHavePermissions
        makeCredUvNotRqd = try key["makeCredUvNotRqd"]?.flag() ?? makeCredUvNotRqd
        alwaysUv = try key["alwaysUv"]?.flag()
        noMcGaPermissionsWithClientPin =
            try key["noMcGaPermissionsWithClientPin"]?.flag() ?? noMcGaPermissionsWithClientPin
        tokensRoll = try key["rollingPinUvAuthToken"]?.flag() ?? tokensRoll
        try changePIN(as: key)
        try changeBuiltIn(as: key)
    }

    /// `pin` is the PIN itself, or `false` for a key without PINs.
    private mutating func changePIN(as key: JSONReader) throws(ScenarioError) {
        if let reader = key["pin"] {
            if let flag = try? reader.flag() {
                guard !flag else { throw .malformed(place: reader.place, expected: "a PIN or false") }
                supportsPIN = false
            } else {
                initialPIN = InitialPIN(try fittingPIN(reader))
            }
        }
        if let retries = try member("pin", of: key, for: "pinRetries")?.integer(in: 0...PINState.maximumRetries) {
            initialPIN?.retries = retries
        }
        if let mustChange = try member("pin", of: key, for: "forcePINChange")?.flag() {
            initialPIN?.mustChange = mustChange
        }
    }

    private func fittingPIN(_ reader: JSONReader) throws(ScenarioError) -> String {
        let pin = try reader.string()
        guard pin.unicodeScalars.count >= minimumPINLength, pin.utf8.count <= maximumPINLength else {
            throw .malformed(
                place: reader.place,
                expected: "a PIN of at least \(minimumPINLength) code points and at most \(maximumPINLength) bytes"
            )
        }
        return pin
    }

    /// `uv` is whether a finger is enrolled; without it the key lacks a sensor.
    private mutating func changeBuiltIn(as key: JSONReader) throws(ScenarioError) {
        var builtIn = BuiltIn()
        if let reader = try member("uv", of: key, for: "uvRetries") {
            builtIn.maximumRetries = try reader.integer(in: 1...25)
        }
        builtIn.initialRetries = try member("uv", of: key, for: "uvRetriesLeft")?.integer(
            in: 0...builtIn.maximumRetries
        )
        if let reader = try member("uv", of: key, for: "preferredPlatformUvAttempts") {
            builtIn.preferredPlatformUvAttempts = try reader.integer(in: 1...25)
        }
        if let reader = try member("uv", of: key, for: "uvModality") {
            builtIn.modality = UInt64(try reader.integer(in: 1...0xFFFF))
        }
        guard let reader = key["uv"] else { return }
        builtIn.isConfigured = try reader.flag()
        self.builtIn = builtIn
    }

    /// Rejects a member that requires another one.
    private func member(
        _ other: String,
        of key: JSONReader,
        for member: String
    ) throws(ScenarioError) -> JSONReader? {
        guard let reader = key[member] else { return nil }
        guard key[other] != nil else {
            throw .malformed(place: reader.place, expected: "of use without the member \(other)")
        }
        return reader
    }
}
