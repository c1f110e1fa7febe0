/// Members of a scenario's `key` about what can be managed.
extension ManagementSettings {
    static let members: Set<String> = [
        "credMgmt", "emptyEnumerationSucceeds", "authenticatorConfigCommands", "uvAcfg", "enterpriseRPIDs",
        "maxRPIDsForSetMinPINLength", "pinComplexityPolicy", "pinComplexityPolicyURL", "longTouchForReset",
        "transportsForReset",
    ]

    mutating func change(as key: JSONReader) throws(ScenarioError) {
        if let reader = key["credMgmt"] { credentialManagement = try Self.form(reader) }
        emptyEnumerationSucceeds = try key["emptyEnumerationSucceeds"]?.flag() ?? emptyEnumerationSucceeds
        try changeConfig(as: key)
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

    /// `true`, `false` or `"preview"`.
    private static func form(_ reader: JSONReader) throws(ScenarioError) -> CommandForm? {
        if let flag = try? reader.flag() { return flag ? .standard : nil }
        return try reader.name { $0 == "preview" ? .preview : nil }
    }
}
