import CTAP2
import CTAPHID

@testable import VirtualAuthenticator

/// An account with a discoverable credential on a software key.
struct StoredAccount: Sendable {
    var rpId: String
    var name: String?
    var displayName: String?

    init(_ rpId: String, _ name: String?, _ displayName: String? = nil) {
        self.rpId = rpId
        self.name = name
        self.displayName = displayName
    }

    /// Accounts on sites with two accounts each.
    static func many(_ count: Int) -> [StoredAccount] {
        (0..<count).map { StoredAccount("site\($0 / 2).example", "user\($0)") }
    }

    /// Creates the credentials on a key without a PIN and writes its state to this file.
    static func store(_ accounts: [StoredAccount], in file: String) async throws {
        guard !accounts.isEmpty else { return }
        let key = try VirtualKey(storage: FileStorage(path: file), presence: TimedPresence(after: .zero))
        let session = Session(Connection(VirtualHIDDevice(key)))
        for (number, account) in accounts.enumerated() {
            let id = Array("\(account.rpId)/\(account.name ?? "\(number)")".utf8.prefix(64))
            let request = MakeCredentialRequest(
                clientDataHash: [UInt8](repeating: 1, count: 32),
                rp: PublicKeyCredentialRpEntity(id: account.rpId),
                user: PublicKeyCredentialUserEntity(id: id, name: account.name, displayName: account.displayName),
                pubKeyCredParams: [PublicKeyCredentialParameters(alg: .es256)],
                options: .init(rk: true)
            )
            _ = try await session.makeCredential(request, Operation(within: .seconds(60)))
        }
        await session.connection.close()
    }

    /// The same for very many, in one step: the key makes the first credential, and the others are copies of it.
    static func storeCopies(_ accounts: [StoredAccount], in file: String) async throws {
        try await store(Array(accounts.prefix(1)), in: file)
        try FileStorage(path: file).update { saved throws(KeyStorageError) in
            guard let saved, var state = try? KeyState(bytes: saved), let first = state.credentials.first else {
                throw .vanished(path: file)
            }
            state.credentials = accounts.enumerated().map { number, account in
                var copy = first
                copy.id.replaceSubrange(0..<4, with: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) })
                copy.rpId = account.rpId
                copy.user = UserAccount(
                    id: Array("\(number)".utf8),
                    name: account.name,
                    displayName: account.displayName
                )
                return copy
            }
            return state.bytes
        }
    }
}
