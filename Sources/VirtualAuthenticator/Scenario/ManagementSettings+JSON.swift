/// Members of a scenario's `key` about what can be managed.
extension ManagementSettings {
    static let members: Set<String> = ["credMgmt", "emptyEnumerationSucceeds"]

    mutating func change(as key: JSONReader) throws(ScenarioError) {
        if let reader = key["credMgmt"] { credentialManagement = try Self.form(reader) }
        emptyEnumerationSucceeds = try key["emptyEnumerationSucceeds"]?.flag() ?? emptyEnumerationSucceeds
    }

    /// `true`, `false` or `"preview"`.
    private static func form(_ reader: JSONReader) throws(ScenarioError) -> CommandForm? {
        if let flag = try? reader.flag() { return flag ? .standard : nil }
        return try reader.name { $0 == "preview" ? .preview : nil }
    }
}
