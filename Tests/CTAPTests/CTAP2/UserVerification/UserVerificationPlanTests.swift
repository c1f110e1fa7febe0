import CTAP2
import Testing

/// One row for each kind of key, with the plans when verification is required, preferred or discouraged.
@Suite struct UserVerificationPlanTests {
    typealias Plan = UserVerificationPlan

    struct Row: Sendable, CustomTestStringConvertible {
        let key: String
        let options: [String: Bool]
        /// Required, preferred and discouraged, for a credential that is not discoverable.
        let register: [Plan]
        let assert: [Plan]

        var testDescription: String { key }
    }

    static let rows = [
        Row(
            key: "neither PIN nor built-in",
            options: [:],
            register: [.impossible(.notSupported), .notNeeded, .notNeeded],
            assert: [.impossible(.notSupported), .notNeeded, .notNeeded]
        ),
        Row(
            key: "PIN not set",
            options: ["clientPin": false, "pinUvAuthToken": true, "makeCredUvNotRqd": true],
            register: [.impossible(.pinNotSet), .notNeeded, .notNeeded],
            assert: [.impossible(.pinNotSet), .notNeeded, .notNeeded]
        ),
        Row(
            key: "PIN set, CTAP 2.1",
            options: ["clientPin": true, "pinUvAuthToken": true, "makeCredUvNotRqd": true],
            register: [.methods([.pinForToken]), .methods([.pinForToken]), .notNeeded],
            assert: [.methods([.pinForToken]), .methods([.pinForToken]), .notNeeded]
        ),
        Row(
            key: "PIN set, CTAP 2.1, credentials need verification",
            options: ["clientPin": true, "pinUvAuthToken": true],
            register: [.methods([.pinForToken]), .methods([.pinForToken]), .methods([.pinForToken])],
            assert: [.methods([.pinForToken]), .methods([.pinForToken]), .notNeeded]
        ),
        Row(
            key: "PIN set, CTAP 2.0",
            options: ["clientPin": true],
            register: Array(repeating: .methods([.pinForLegacyToken]), count: 3),
            assert: [.methods([.pinForLegacyToken]), .methods([.pinForLegacyToken]), .notNeeded]
        ),
        Row(
            key: "built-in only, tokens",
            options: ["uv": true, "pinUvAuthToken": true, "makeCredUvNotRqd": true],
            register: [.methods([.builtInForToken]), .methods([.builtInForToken]), .notNeeded],
            assert: [.methods([.builtInForToken]), .methods([.builtInForToken]), .notNeeded]
        ),
        Row(
            key: "built-in only, no tokens",
            options: ["uv": true],
            register: Array(repeating: .methods([.builtInOption]), count: 3),
            assert: [.methods([.builtInOption]), .methods([.builtInOption]), .notNeeded]
        ),
        Row(
            key: "built-in not configured",
            options: ["uv": false],
            register: [.impossible(.builtInNotConfigured), .notNeeded, .notNeeded],
            assert: [.impossible(.builtInNotConfigured), .notNeeded, .notNeeded]
        ),
        Row(
            key: "built-in and PIN",
            options: ["uv": true, "clientPin": true, "pinUvAuthToken": true, "makeCredUvNotRqd": true],
            register: [
                .methods([.builtInForToken, .pinForToken]), .methods([.builtInForToken, .pinForToken]), .notNeeded,
            ],
            assert: [
                .methods([.builtInForToken, .pinForToken]), .methods([.builtInForToken, .pinForToken]), .notNeeded,
            ]
        ),
        Row(
            key: "built-in and a PIN that is for management only",
            options: [
                "uv": true, "clientPin": true, "pinUvAuthToken": true, "makeCredUvNotRqd": true,
                "noMcGaPermissionsWithClientPin": true,
            ],
            register: [.methods([.builtInForToken]), .methods([.builtInForToken]), .notNeeded],
            assert: [.methods([.builtInForToken]), .methods([.builtInForToken]), .notNeeded]
        ),
        Row(
            key: "always, PIN set",
            options: ["alwaysUv": true, "clientPin": true, "pinUvAuthToken": true],
            register: Array(repeating: .methods([.pinForToken]), count: 3),
            assert: Array(repeating: .methods([.pinForToken]), count: 3)
        ),
        Row(
            key: "always, nothing set up",
            options: ["alwaysUv": true, "clientPin": false, "pinUvAuthToken": true],
            register: Array(repeating: .impossible(.pinNotSet), count: 3),
            assert: Array(repeating: .impossible(.pinNotSet), count: 3)
        ),
    ]

    private func plan(
        _ purpose: Authorization.Purpose,
        _ requirement: UserVerificationRequirement,
        _ options: AuthenticatorOptions,
        permissions: PINUVAuthPermissions = .getAssertion
    ) -> Plan {
        Plan(for: Authorization(purpose, permissions: permissions, requirement: requirement), options: options)
    }

    @Test(arguments: rows) func `what is planned for each kind of key`(row: Row) {
        let options = AuthenticatorOptions(row.options)
        for (index, requirement) in UserVerificationRequirement.allCases.enumerated() {
            let register = plan(.makeCredential(discoverable: false), requirement, options)
            #expect(register == row.register[index], "register, \(requirement)")
            let assert = plan(.getAssertion, requirement, options)
            #expect(assert == row.assert[index], "assert, \(requirement)")
        }
    }

    @Test func `a discoverable credential on a protected key needs verification even when others do not`() {
        let options = AuthenticatorOptions(["clientPin": true, "pinUvAuthToken": true, "makeCredUvNotRqd": true])
        let plan = plan(.makeCredential(discoverable: true), .discouraged, options)
        #expect(plan == .methods([.pinForToken]))
    }

    @Test func `management needs verification on every protected key and none on another`() {
        let protected = AuthenticatorOptions(["clientPin": true, "pinUvAuthToken": true])
        #expect(plan(.management, .discouraged, protected) == .methods([.pinForToken]))
        #expect(plan(.management, .discouraged, AuthenticatorOptions(["clientPin": false])) == .notNeeded)
        #expect(plan(.management, .required, AuthenticatorOptions(["clientPin": false])) == .impossible(.pinNotSet))
    }

    @Test func `a PIN that may not make or use credentials may manage them`() {
        let options = AuthenticatorOptions([
            "clientPin": true, "pinUvAuthToken": true, "noMcGaPermissionsWithClientPin": true,
        ])
        #expect(plan(.management, .required, options, permissions: .credentialManagement) == .methods([.pinForToken]))
        #expect(plan(.getAssertion, .required, options) == .impossible(.notSupported))
    }

    @Test(arguments: [
        ("uvAcfg", PINUVAuthPermissions.authenticatorConfiguration), ("uvBioEnroll", .bioEnrollment),
    ])
    func `built-in verification permits configuration and enrolment only where the key says so`(
        option: String,
        permission: PINUVAuthPermissions
    ) {
        var options = AuthenticatorOptions(["uv": true, "clientPin": true, "pinUvAuthToken": true])
        #expect(plan(.management, .required, options, permissions: permission) == .methods([.pinForToken]))
        options[option] = true
        #expect(
            plan(.management, .required, options, permissions: permission)
                == .methods([.builtInForToken, .pinForToken])
        )
    }

    @Test func `management has no option uv of its own`() {
        #expect(plan(.management, .required, AuthenticatorOptions(["uv": true])) == .impossible(.notSupported))
        #expect(
            plan(.management, .required, AuthenticatorOptions(["uv": true, "clientPin": true]))
                == .methods([.pinForLegacyToken])
        )
    }
}
