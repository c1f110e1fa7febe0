package import Interaction

/// Why a call failed, as the number that OpenSSH gets.
package enum ProviderError: Int32, Error {
    case general = -1
    case unsupported = -2
    /// OpenSSH asks for the PIN and calls again.
    case pinRequired = -3
    /// OpenSSH goes on with the user's next key file.
    case noDevice = -4
    case credentialExists = -5

    package init(_ code: FailureCode) {
        self =
            switch code {
            case .pinRequired, .pinInvalid: .pinRequired
            case .noKey, .noPermission, .noCredential: .noDevice
            case .unsupported: .unsupported
            case .excluded: .credentialExists
            default: .general
            }
    }
}
