/// The members of a scenario's `key` for management.
extension ManagementSettings {
    static let members = ownMembers.union(FingerprintSettings.members)

    private static let ownMembers: Set<String> = [
        "credMgmt", "emptyEnumerationSucceeds", "perCredMgmtRO", "largeBlobs", "maxSerializedLargeBlobArray",
        "authenticatorConfigCommands", "uvAcfg", "enterpriseRPIDs",
        "maxRPIDsForSetMinPINLength", "pinComplexityPolicy", "pinComplexityPolicyURL", "longTouchForReset",
        "transportsForReset",
    ]

    mutating func change(as key: JSONReader) throws(ScenarioError) {
        if let reader = key["credMgmt"] { credentialManagement = try Self.forms(reader) }
        emptyEnumerationSucceeds = try key["emptyEnumerationSucceeds"]?.flag() ?? emptyEnumerationSucceeds
        persistentToken = try key["perCredMgmtRO"]?.flag() ?? persistentToken
        if let capacity = try key["maxSerializedLargeBlobArray"]?.integer(in: 1024...1_000_000) {
            largeBlobCapacity = capacity
        }
        if try key["largeBlobs"]?.flag() == false { largeBlobCapacity = nil }
        try changeConfig(as: key)
        try fingerprints.change(as: key)
        longTouchForReset = try key["longTouchForReset"]?.flag() ?? longTouchForReset
        transportsForReset = try key["transportsForReset"]?.strings() ?? transportsForReset
    }

    private mutating func changeConfig(as key: JSONReader) throws(ScenarioError) {
        if let reader = key["authenticatorConfigCommands"] {
            configCommands = []
            for element in try reader.elements() {
                let number = UInt64(try element.integer(in: 1...ConfigCommand.allCases.count))
                if let command = ConfigCommand(rawValue: number) { configCommands.insert(command) }
            }
        }
        uvAcfg = try key["uvAcfg"]?.flag() ?? uvAcfg
        enterpriseRPIDs =
            try key["enterpriseRPIDs"].map { reader throws(ScenarioError) in
                Set(try reader.strings())
            } ?? enterpriseRPIDs
        maximumRPIDsForSetMinPINLength =
            try key["maxRPIDsForSetMinPINLength"]?.integer(in: 0...100) ?? maximumRPIDsForSetMinPINLength
        pinComplexityPolicy = try key["pinComplexityPolicy"]?.flag() ?? pinComplexityPolicy
        pinComplexityPolicyURL = try key["pinComplexityPolicyURL"]?.string() ?? pinComplexityPolicyURL
    }

    /// `true`, `false`, `"standard"` or `"preview"`.
    fileprivate static func forms(_ reader: JSONReader) throws(ScenarioError) -> Set<CommandForm> {
        if let flag = try? reader.flag() { return flag ? Set(CommandForm.allCases) : [] }
        return [try reader.name(CommandForm.init)]
    }
}

extension FingerprintSettings {
    fileprivate static let members: Set<String> = [
        "bioEnroll", "uvBioEnroll", "fingerprintKind", "maxCaptureSamplesRequiredForEnroll", "maxTemplateFriendlyName",
        "fingerprintCapacity", "sampleStatuses",
    ]

    fileprivate mutating func change(as key: JSONReader) throws(ScenarioError) {
        if let reader = key["bioEnroll"] { bioEnrollment = try ManagementSettings.forms(reader) }
        uvBioEnroll = try key["uvBioEnroll"]?.flag() ?? uvBioEnroll
        fingerprintKind = try key["fingerprintKind"]?.integer(in: 1...2) ?? fingerprintKind
        maxCaptureSamplesRequiredForEnroll =
            try key["maxCaptureSamplesRequiredForEnroll"]?.integer(in: 1...100) ?? maxCaptureSamplesRequiredForEnroll
        maxTemplateFriendlyName =
            try key["maxTemplateFriendlyName"]?.integer(in: 1...255) ?? maxTemplateFriendlyName
        capacity = try key["fingerprintCapacity"]?.integer(in: 1...100) ?? capacity
        for element in try key["sampleStatuses"]?.elements() ?? [] {
            sampleStatuses.append(UInt8(try element.integer(in: 0...0x0E)))
        }
    }
}
