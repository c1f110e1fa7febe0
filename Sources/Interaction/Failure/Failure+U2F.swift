package import CTAP2

extension Failure {
    /// A request of U2F that failed.
    package static func u2f(_ error: U2FError, _ command: CTAPCommand, key: String) -> Failure {
        guard case .status(let status) = error else {
            return Failure(.protocol, .brokeProtocol(key, command.description, error.explanation), hint: .brokenKeyHint)
        }
        let isUnsupported = [.commandNotAllowed, .instructionNotSupported, .classNotSupported].contains(status)
        var failure = Failure(
            isUnsupported ? .unsupported : .protocol,
            .u2fRefusal(key, command.description, status.description),
            hint: isUnsupported ? nil : .replugHint
        )
        failure.status = status.description
        failure.statusCode = status.rawValue
        return failure
    }

    /// A command that a key with only U2F cannot do.
    package static func beyondU2F(_ limit: U2FLimit, key: String) -> Failure {
        Failure(.unsupported, .beyondU2F(limit, key: key), hint: limit == .anyCredential ? .anyCredentialHint : nil)
    }
}
