import CTAP2

/// largeBlob in a registration (WebAuthn L3 §10.1.5): whether a large blob can be stored for the credential.
struct LargeBlobSupport: RegistrationExtension {
    private let isSupported: Bool

    /// Throws if the page requires large blobs and the key lacks them.
    init?(_ options: CreationOptions, key: AuthenticatorInfo) throws(ExtensionError) {
        guard let input = options.extensions[LargeBlobAccess.name] else { return nil }
        let members = try input.members()
        guard members["read"] == nil, members["write"] == nil else {
            throw input.error(.notSupported, "a registration can neither read nor write")
        }
        // Any other value is preferred.
        let isRequired = try members["support"]?.text() == "required"
        isSupported = key.hasLargeBlobs
        guard isRequired else { return }
        guard isSupported, key.options.rk else { throw .notSupported(LargeBlobAccess.name) }
        guard options.residentKey != .discouraged else {
            throw input.error(.notSupported, "only discoverable credentials have large blobs")
        }
    }

    func prepare(_ request: inout MakeCredentialRequest, _: Session, _: Operation) {
        if isSupported, request.options.rk { request.extensions[LargeBlobAccess.keyIdentifier] = true }
    }

    func finish(_ response: MakeCredentialResponse, into outputs: inout ClientExtensionOutputs) {
        outputs.members[LargeBlobAccess.name] = .object(["supported": .bool(response.largeBlobKey != nil)])
    }
}

/// largeBlob in a login (WebAuthn L3 §10.1.5): reads the credential's large blob or replaces it.
struct LargeBlobAccess: AuthenticationExtension {
    fileprivate static let name = "largeBlob"
    fileprivate static let keyIdentifier: CBORValue = "largeBlobKey"

    private enum Access {
        case none, read
        case write([UInt8])
    }

    private let access: Access
    private let key: AuthenticatorInfo

    init?(_ options: RequestOptions, key: AuthenticatorInfo) throws(ExtensionError) {
        guard let input = options.extensions[Self.name] else { return nil }
        let members = try input.members()
        guard members["support"] == nil else { throw input.error(.notSupported, "support is for registrations") }
        if let write = members["write"] {
            guard members["read"] == nil else { throw input.error(.notSupported, "read and write exclude each other") }
            guard options.allowCredentials.count == 1 else {
                throw input.error(.notSupported, "write requires exactly one credential in allowCredentials")
            }
            access = .write(try write.bytes())
        } else {
            access = try members["read"]?.flag() == true ? .read : .none
        }
        self.key = key
    }

    var permissions: PINUVAuthPermissions { isWriting ? .largeBlobWrite : [] }

    /// Writing to a protected key requires a token.
    var requiresUserVerification: Bool { isWriting && key.options.isProtected }

    private var isWriting: Bool {
        if case .write = access { key.hasLargeBlobs } else { false }
    }

    func prepare(_ request: inout GetAssertionRequest, _: Session, _: Operation) {
        if case .none = access { return }
        if key.hasLargeBlobs { request.extensions[Self.keyIdentifier] = true }
    }

    func finish(
        _ response: GetAssertionResponse,
        token: PINUVAuthToken?,
        _ session: Session,
        _ operation: Operation,
        into outputs: inout ClientExtensionOutputs
    ) async throws(SessionError) {
        let blobs = LargeBlobs(session, key, token: token)
        var output: [String: JSONValue] = [:]
        switch access {
        case .none: break
        case .read:
            let blob = try await blobs.data(for: response.largeBlobKey, operation)
            output["blob"] = blob.map { .string(Base64URL.encode($0)) }
        case .write(let data):
            output["written"] = .bool(try await blobs.replace(response.largeBlobKey, with: data, operation))
        }
        outputs.members[Self.name] = .object(output)
    }
}

extension AuthenticatorInfo {
    fileprivate var hasLargeBlobs: Bool { options.largeBlobs && extensions.contains("largeBlobKey") }
}

/// A failure of the key or in its array is not one of the login; a failure of the transport is.
extension LargeBlobs {
    /// The data of the credential with this key; `nil` if it has none or they cannot be read.
    fileprivate func data(for key: LargeBlobKey?, _ operation: Operation) async throws(SessionError) -> [UInt8]? {
        guard let key else { return nil }
        do throws(SessionError) {
            let array = try await read(operation)
            return (try? array.data(for: key)).flatMap(\.self)
        } catch {
            if case .transport = error { throw error }
            return nil
        }
    }

    /// Replaces the data of the credential with this key; returns whether it succeeded.
    fileprivate func replace(
        _ key: LargeBlobKey?,
        with data: [UInt8],
        _ operation: Operation
    ) async throws(SessionError) -> Bool {
        guard let key else { return false }
        do throws(SessionError) {
            var array = try await readOrEmpty(operation)
            guard (try? array.set(data, for: key)) != nil else { return false }
            try await write(array, operation)
            return true
        } catch {
            if case .transport = error { throw error }
            return false
        }
    }

    /// The array; an empty one in place of a damaged one (CTAP 2.3 §6.10.2).
    private func readOrEmpty(_ operation: Operation) async throws(SessionError) -> LargeBlobArray {
        do throws(SessionError) {
            return try await read(operation)
        } catch .malformed(.largeBlobArray(.digest), _) {
            return LargeBlobArray()
        }
    }
}
