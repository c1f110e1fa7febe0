@testable import CTAP2
import CTAPHID
import Testing

@Suite struct AuthenticatorConfigurationTests {
    private func configuration(_ log: RequestLog, alwaysUv: Bool = false) -> AuthenticatorConfiguration {
        let session = ManagementBench.session(log) { command, _ in
            command == .config ? [0] : info([4: ["authnrCfg": true, "alwaysUv": .bool(alwaysUv)]])
        }
        return AuthenticatorConfiguration(session, token: ManagementBench.token)
    }

    @Test func `each setting has its subcommand`() async throws {
        let log = RequestLog()
        let configuration = configuration(log)
        try await configuration.enableEnterpriseAttestation(ManagementBench.operation)
        try await configuration.enableLongTouchForReset(ManagementBench.operation)
        let change = PINPolicyChange(newMinPINLength: 6, minPinLengthRPIDs: ["a.example"], pinComplexityPolicy: true)
        try await configuration.setMinPINLength(change, ManagementBench.operation)
        #expect(log.parameters.map { $0[1] } == [1, 4, 3])
        #expect(log.parameters.map { $0[2] } == [nil, nil, [1: 6, 2: ["a.example"], 4: true]])
        #expect(log.parameters.allSatisfy { $0[3] == 2 && $0[4]?.bytes?.count == 32 })
    }

    @Test(arguments: [true, false], [true, false])
    func `alwaysUv is toggled only where it is otherwise`(isOn: Bool, wanted: Bool) async throws {
        let log = RequestLog()
        let isChanged = try await configuration(log, alwaysUv: isOn).setAlwaysUv(wanted, ManagementBench.operation)
        #expect(isChanged == (isOn != wanted))
        #expect(log.commands == (isChanged ? [.getInfo, .config] : [.getInfo]))
    }

    @Test(arguments: [true, false])
    func `a key without alwaysUv is not made to toggle it`(wanted: Bool) async throws {
        let log = RequestLog()
        let session = ManagementBench.session(log) { _, _ in info([4: ["authnrCfg": true]]) }
        let configuration = AuthenticatorConfiguration(session, token: ManagementBench.token)
        await #expect(throws: SessionError.refused(.notSupported, .config)) {
            try await configuration.setAlwaysUv(wanted, ManagementBench.operation)
        }
        #expect(log.commands == [.getInfo])
    }

    @Test func `an unprotected key needs no token`() async throws {
        let log = RequestLog()
        let session = ManagementBench.session(log) { _, _ in [0] }
        try await AuthenticatorConfiguration(session, token: nil).enableLongTouchForReset(ManagementBench.operation)
        #expect(log.parameters == [[1: 4]])
    }

    @Test func `a key offers what its options and its list say`() {
        var info = AuthenticatorInfo(versions: [], aaguid: .zero)
        #expect(AuthenticatorConfigSubCommand.allCases.allSatisfy { !info.offers($0) })
        info.options = AuthenticatorOptions([
            "authnrCfg": true, "ep": false, "alwaysUv": false, "setMinPINLength": true,
        ])
        #expect(AuthenticatorConfigSubCommand.allCases.allSatisfy { info.offers($0) })
        info.authenticatorConfigCommands = [2, 3]
        #expect(
            AuthenticatorConfigSubCommand.allCases.filter { info.offers($0) } == [.toggleAlwaysUv, .setMinPINLength]
        )
        info.options = AuthenticatorOptions(["authnrCfg": true])
        #expect(AuthenticatorConfigSubCommand.allCases.allSatisfy { !info.offers($0) })
    }
}
