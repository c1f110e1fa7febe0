@testable import CTAP2
import CTAPHID
import Testing

@Suite struct CredentialManagementTests {
    /// A key's responses, computed from a list of sites and accounts.
    private struct Store: Sendable {
        var sites: [(id: String, accounts: [String])]
        /// How much larger the reported totals are than the real ones.
        var excess = 0
        var emptyAnswer: [UInt8] = [StatusCode.noCredentials.rawValue]

        func answer(_ number: Int, of log: RequestLog, _ parameters: CBORMap) -> [UInt8] {
            let begun = log.parameters.dropLast().reversed().first { $0[1] == 2 || $0[1] == 4 }
            let steps = log.parameters.reversed().prefix { $0[1] == parameters[1] }.count
            switch number {
            case 1: return success([1: .int(sites.reduce(0) { $0 + $1.accounts.count }), 2: 20])
            case 2: return sites.isEmpty ? emptyAnswer : site(0, total: sites.count)
            case 3: return sites.indices.contains(steps) ? site(steps) : [StatusCode.notAllowed.rawValue]
            case 4: return account(0, of: parameters[2]?.map?[1]?.bytes, isFirst: true)
            case 5: return account(steps, of: begun?[2]?.map?[1]?.bytes)
            default: return [0]
            }
        }

        private func site(_ index: Int, total: Int? = nil) -> [UInt8] {
            var members: CBORMap = [
                3: ["id": .text(sites[index].id)],
                4: .bytes(StoredRelyingParty.hash(of: sites[index].id)),
            ]
            members[5] = total.map { .int($0 + excess) }
            return success(members)
        }

        private func account(_ index: Int, of hash: [UInt8]?, isFirst: Bool = false) -> [UInt8] {
            guard let site = sites.first(where: { StoredRelyingParty.hash(of: $0.id) == hash }) else {
                return emptyAnswer
            }
            guard site.accounts.indices.contains(index) else { return [StatusCode.notAllowed.rawValue] }
            let name = site.accounts[index]
            var members: CBORMap = [
                6: ["id": .bytes(Array(name.utf8)), "name": .text(name)],
                7: ["id": .bytes(Array((site.id + name).utf8)), "type": "public-key"],
                10: 2,
            ]
            if isFirst { members[9] = .int(site.accounts.count) }
            return success(members)
        }
    }

    private func management(
        _ store: Store,
        log: RequestLog = RequestLog(),
        command: CTAPCommand = .credentialManagement
    ) throws -> CredentialManagement {
        let session = ManagementBench.session(log) { _, parameters in
            store.answer(parameters[1]?.int ?? 0, of: log, parameters)
        }
        return CredentialManagement(session, command: command, token: try #require(ManagementBench.token))
    }

    private func management(_ answer: @escaping @Sendable (Int) -> [UInt8]) throws -> CredentialManagement {
        let session = ManagementBench.session { _, parameters in answer(parameters[1]?.int ?? 0) }
        return CredentialManagement(session, command: .credentialManagement, token: try #require(ManagementBench.token))
    }

    private static let stores = [
        Store(sites: [("a.example", ["alice"])]),
        Store(sites: [("a.example", ["alice", "bob"]), ("b.example", ["carol"])]),
        Store(sites: (0..<50).map { ("\($0).example", ["x", "y"]) }),
        Store(sites: [("a.example", (0..<1_000).map { "user\($0)" })]),
    ]

    @Test(arguments: 0..<4)
    func `everything is listed, with one command for each credential and site`(number: Int) async throws {
        let store = Self.stores[number]
        let log = RequestLog()
        let news = Log<KeyActivity>()
        let inventory = try await management(store, log: log).inventory(ManagementBench.operation(reporting: news))
        #expect(
            inventory.credentials.map { [$0.rp.id, $0.user.name] }
                == store.sites.flatMap { site in site.accounts.map { [site.id, $0] } }
        )
        #expect(inventory.count == CredentialCount(existing: inventory.credentials.count, remaining: 20))
        #expect(inventory.credentials.allSatisfy { $0.rp.idIsWhole && $0.credProtect == 2 })
        #expect(log.commands.count == 1 + store.sites.count + inventory.credentials.count)
        let total = inventory.credentials.count
        #expect(news.elements == (0...total).map { .progress(completed: $0, total: total) })
    }

    @Test func `only what begins a list is authorized`() async throws {
        let log = RequestLog()
        _ = try await management(Self.stores[1], log: log).inventory(ManagementBench.operation)
        #expect(log.parameters.allSatisfy { ($0[4] != nil) == ([1, 2, 4] as [CBORValue?]).contains($0[1]) })
    }

    @Test(arguments: [[StatusCode.noCredentials.rawValue], success([5: 0]), success([:])] as [[UInt8]])
    func `an empty list is one, however the key says so`(answer: [UInt8]) async throws {
        let inventory = try await management(Store(sites: [], emptyAnswer: answer)).inventory(ManagementBench.operation)
        #expect(inventory.credentials.isEmpty)
    }

    @Test func `a key that announces more than it has is not waited for`() async throws {
        let management = try management(Store(sites: [("a.example", ["alice"])], excess: 3))
        await #expect(throws: SessionError.status(.notAllowed, .credentialManagement)) {
            try await management.inventory(ManagementBench.operation)
        }
    }

    @Test func `a key that announces more than any key has is not believed`() async throws {
        let management = try management { _ in success([4: .bytes([1]), 5: 1_000_000]) }
        await #expect(
            throws: SessionError.malformed(.cbor(.unexpected(member: "totalRPs")), .credentialManagement)
        ) {
            try await management.relyingParties(ManagementBench.operation)
        }
    }

    @Test func `an RP ID that was cut off is known by its hash`() async throws {
        let hash = StoredRelyingParty.hash(of: "login.example.com")
        let management = try management { _ in success([3: ["id": "login.exam"], 4: .bytes(hash), 5: 1]) }
        let sites = try await management.relyingParties(ManagementBench.operation)
        #expect(sites == [StoredRelyingParty(id: "login.exam", rpIdHash: hash)])
        #expect(sites.first?.idIsWhole == false)
    }

    @Test func `a site may be without an ID and without a name`() async throws {
        let management = try management { _ in success([3: [:], 4: .bytes([1]), 5: 1]) }
        let sites = try await management.relyingParties(ManagementBench.operation)
        #expect(sites == [StoredRelyingParty(id: nil, rpIdHash: [1])])
    }

    @Test func `a name that was cut inside a character is repaired`() async throws {
        let cut = hex(
            "00 a3 06 a2 626964 4101 646e616d65 62 61c3 07 a2 626964 4102 6474797065 6a 7075626c69632d6b6579 09 01"
        )
        let management = try management { _ in cut }
        let rp = StoredRelyingParty(id: nil, rpIdHash: [1])
        let credentials = try await management.credentials(of: rp, ManagementBench.operation)
        #expect(credentials.map(\.user.name) == ["a\u{FFFD}"])
    }

    @Test func `a credential is deleted and renamed by its whole ID`() async throws {
        let log = RequestLog()
        let management = try management(Self.stores[0], log: log)
        let id = PublicKeyCredentialDescriptor(id: [1, 2, 3])
        try await management.delete(id, ManagementBench.operation)
        let user = PublicKeyCredentialUserEntity(id: [9], name: "new", displayName: nil)
        try await management.update(user, of: id, ManagementBench.operation)
        #expect(log.parameters.map { $0[1] } == [6, 7])
        #expect(log.parameters.first?[2]?.map == [2: .map(id.cbor)])
        #expect(log.parameters.last?[2]?.map == [2: .map(id.cbor), 3: ["id": .bytes([9]), "name": "new"]])
    }

    @Test func `keys from before CTAP 2.1 have another command and cannot rename`() async throws {
        let log = RequestLog()
        let management = try management(Self.stores[0], log: log, command: .credentialManagementPreview)
        _ = try await management.inventory(ManagementBench.operation)
        #expect(Set(log.commands) == [.credentialManagementPreview])
        await #expect(throws: SessionError.refused(.notSupported, .credentialManagementPreview)) {
            try await management.update(
                PublicKeyCredentialUserEntity(id: [1]),
                of: PublicKeyCredentialDescriptor(id: [1]),
                ManagementBench.operation
            )
        }
    }

    @Test(
        arguments: [
            (["credMgmt": true], "FIDO_2_1", .credentialManagement),
            (["credMgmt": true, "credentialMgmtPreview": true], "FIDO_2_1_PRE", .credentialManagement),
            (["credMgmt": false, "credentialMgmtPreview": true], "FIDO_2_1_PRE", .credentialManagementPreview),
            (["credentialMgmtPreview": true], "FIDO_2_0", nil),
            ([:], "FIDO_2_1", nil),
        ] as [([String: Bool], String, CTAPCommand?)]
    )
    func `the preview command serves keys that have no other`(
        options: [String: Bool],
        version: String,
        command: CTAPCommand?
    ) {
        var info = AuthenticatorInfo(versions: [version], aaguid: .zero)
        info.options = AuthenticatorOptions(options)
        #expect(info.credentialManagementCommand == command)
    }
}
