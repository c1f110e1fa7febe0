import CTAP2

/// One use of hmac-secret or hmac-secret-mc on a key, under the names that the page knows.
struct HMACSecretUse {
    static let identifier = "hmac-secret"
    /// Its extension of makeCredential.
    static let makeCredentialIdentifier = "hmac-secret-mc"

    /// The names of the secrets in the page's output.
    let names: (first: String, second: String)
    private var exchange: HMACSecretExchange?

    init(first: String, second: String) {
        names = (first, second)
    }

    /// Encrypts the salts, and returns the extension's input.
    mutating func begin(
        _ salts: HMACSecretSalts,
        _ session: Session,
        _ operation: Operation
    ) async throws(SessionError) -> CBORValue {
        let exchange = try await session.hmacSecretExchange(salts, operation)
        self.exchange = exchange
        return .map(exchange.input)
    }

    /// Requests a secret for the new credential and, with salts, what the key makes of it for them.
    mutating func request(
        for salts: HMACSecretSalts?,
        in request: inout MakeCredentialRequest,
        _ session: Session,
        _ operation: Operation
    ) async throws(SessionError) {
        request.extensions[.text(Self.identifier)] = true
        guard let salts else { return }
        request.extensions[.text(Self.makeCredentialIdentifier)] = try await begin(salts, session, operation)
    }

    /// The secrets in base64url, by name; `nil` if the key returned none.
    func secrets(in output: CBORValue?) throws(ResponseError) -> JSONValue? {
        guard let exchange, let output else { return nil }
        guard let encrypted = output.bytes else { throw .cbor(.unexpected(member: Self.identifier)) }
        let secret = try exchange.secret(in: encrypted)
        // The page gets it as text, which cannot be wiped.
        let bytes = secret.withExposedBytes { bytes in bytes.indices.map { bytes[$0] } }
        let (first, second) = (bytes.prefix(HMACSecretSalts.byteCount), bytes.dropFirst(HMACSecretSalts.byteCount))
        var secrets: [String: JSONValue] = [names.first: .string(Base64URL.encode(Array(first)))]
        if !second.isEmpty { secrets[names.second] = .string(Base64URL.encode(Array(second))) }
        return .object(secrets)
    }
}

extension AuthenticatorInfo {
    var hasHMACSecret: Bool { extensions.contains(HMACSecretUse.identifier) }
    /// Whether the key returns secrets when it makes a credential.
    var hasHMACSecretMC: Bool { hasHMACSecret && extensions.contains(HMACSecretUse.makeCredentialIdentifier) }
}
