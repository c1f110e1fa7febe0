import CTAP2
import Interaction

/// A key's large blobs, and the token to write them: one verification covers both.
struct BlobStore: Sendable {
    var blobs: StoredBlobs
    private let session: Session
    private let info: AuthenticatorInfo
    private let token: PINUVAuthToken?

    /// The selected credential; with `hasBlob`, only among those with a blob.
    func choose(
        _ options: CredentialOptions,
        hasBlob: Bool,
        on key: OpenKey
    ) throws(UserVerificationError) -> DiscoverableCredential {
        let name = KeyName(key.description)
        let isKnown = blobs.credentials.isEmpty || blobs.credentials.contains(where: options.matches)
        return try UserVerificationError.during { () throws(Failure) in
            guard hasBlob, isKnown else { return try options.choose(from: blobs.credentials, on: name) }
            let holders = blobs.credentials.filter(blobs.hasBlob)
            guard holders.contains(where: options.matches) else {
                throw Failure(.noCredential, .noBlob(name.name), hint: .blobsHint)
            }
            return try options.choose(from: holders, on: name)
        }
    }

    /// Replaces the key's array with this one.
    func write(_ operation: Operation) async throws(SessionError) {
        try await LargeBlobs(session, info, token: token).write(blobs.array, operation)
    }
}

extension BlobStore {
    /// A command's use of the blobs, which determines when the user is verified.
    enum Purpose: Sendable {
        /// Verifies the user only if there is a blob.
        case read
        /// Verifies the user only if there is a blob or the array is damaged.
        case remove
        case add

        fileprivate var permissions: PINUVAuthPermissions {
            switch self {
            case .read: .credentialManagement
            case .remove, .add: [.credentialManagement, .largeBlobWrite]
            }
        }
    }

    /// Reads the array, without verification, and then the credentials. Throws for an array that cannot be parsed: it
    /// must not be overwritten.
    init(of key: OpenKey, for purpose: Purpose) async throws(UserVerificationError) {
        let info = try await key.info()
        guard info.options.largeBlobs else { throw .session(.refused(.notSupported, .largeBlobs)) }
        let blobs = LargeBlobs(key.session, info)
        let (array, isDamaged) = try await key.perform { () async throws(SessionError) in
            do throws(SessionError) {
                return (try await blobs.read(key.operation), false)
            } catch {
                guard case .malformed(.largeBlobArray(.digest), _) = error else { throw error }
                return (LargeBlobArray(), true)
            }
        }
        var token: PINUVAuthToken?
        var credentials: [DiscoverableCredential] = []
        if purpose == .add || isDamaged && purpose == .remove || array.elements.contains(where: { $0.blob != nil }) {
            (token, credentials) = try await Self.credentials(of: key, info, purpose.permissions)
        }
        self.init(
            blobs: StoredBlobs(
                array: array,
                isDamaged: isDamaged,
                capacity: blobs.capacity,
                credentials: credentials
            ),
            session: key.session,
            info: info,
            token: token
        )
    }

    private static func credentials(
        of key: OpenKey,
        _ info: AuthenticatorInfo,
        _ permissions: PINUVAuthPermissions
    ) async throws(UserVerificationError) -> (PINUVAuthToken?, [DiscoverableCredential]) {
        guard let command = info.credentialManagementCommand else {
            throw .session(.refused(.notSupported, .credentialManagement))
        }
        let authorization = Authorization(.management, permissions: permissions, requirement: .required)
        guard let token = try await key.token(for: authorization) else { throw .impossible(.notSupported) }
        let inventory = try await key.perform { () throws(SessionError) in
            try await CredentialManagement(key.session, command: command, token: token).inventory(key.operation)
        }
        return (token, inventory.credentials)
    }
}
