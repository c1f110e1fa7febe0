/// What can be managed on a key.
public struct ManagementSettings: Hashable, Sendable {
    /// In which form the key has a command that was in use before CTAP 2.1 had it.
    public enum CommandForm: String, Hashable, Sendable {
        case standard
        /// Commands 40 and 41, of keys that claim FIDO_2_1_PRE.
        case preview
    }

    /// credentialManagement; `nil`: the key lacks it.
    public var credentialManagement: CommandForm? = .standard
    /// Whether an enumeration of nothing succeeds with a total of 0, as some keys answer, instead of NO_CREDENTIALS.
    public var emptyEnumerationSucceeds = false

    public init() {}
}

extension ManagementSettings {
    /// A key on which nothing can be managed.
    static var none: ManagementSettings {
        var settings = ManagementSettings()
        settings.credentialManagement = nil
        return settings
    }
}
