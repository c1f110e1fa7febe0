import Testing

extension HidrawTests {
    /// The keys of scripts/interop/odd_keys.py, each with one defect. A test case needs a key there and a row here.
    @Suite(.enabled(if: !Testbed.usesKernel && TextFile.exists(Product.python), "scripts/setup test makes its Python"))
    struct OddKeyTests {
        /// A run of fidoctl with its exit status and messages.
        struct Step: Sendable {
            /// FILE stands for the output of the last registration, PINFILE for a file with the PIN.
            let arguments: [String]
            let status: Int32
            let says: String

            static func register(_ more: String..., status: Int32 = 0, says: String = "attestationObject") -> Step {
                let arguments = ["register", "--rp-id", "example.com", "--user", "al", "--discoverable", "--json"]
                return Step(arguments: arguments + more, status: status, says: says)
            }

            static func registerByU2F(status: Int32 = 0, says: String = "attestationObject") -> Step {
                let arguments = ["register", "--rp-id", "example.com", "--user", "al", "--json"]
                return Step(arguments: arguments, status: status, says: says)
            }

            static let registerVerified = register("--pin-file", "PINFILE", "--user-verification", "required")

            static func verify(_ status: Int32 = 0, says: String = "Valid registration") -> Step {
                Step(arguments: ["verify", "FILE"], status: status, says: says)
            }

            /// A login with the registered credential.
            static let login = Step(arguments: ["assert", "--credential", "FILE"], status: 0, says: "Logged in")

            /// A login with any of the key's accounts.
            static func assert(_ more: String..., status: Int32 = 0, says: String) -> Step {
                Step(arguments: ["assert", "--rp-id", "example.com", "--json"] + more, status: status, says: says)
            }
        }

        static let cases: [(key: String, steps: [Step])] = [
            ("Key", [.register(), .verify(says: "signed with a certificate"), .login]),
            ("NegativeSerial", [.register(), .verify(says: "signed with a certificate"), .login]),
            ("UnknownSignatureAlgorithm", [.register(), .verify(says: "signed with a certificate"), .login]),
            ("CompressedPoint", [.register(), .verify(says: "signed with a certificate"), .login]),
            ("NoBasicConstraints", [.register(says: "may reject it"), .verify(20, says: "BasicConstraints")]),
            ("NoOrganizationalUnit", [.register(says: "may reject it"), .verify(20, says: "unit (OU)")]),
            ("NoOrganizationalUnit", [.register("--attestation", "none"), .verify(), .login]),
            ("CertificateIsText", [.register(says: "may reject it"), .verify(20, says: "attStmt.x5c")]),
            ("NoCertificates", [.register(says: "may reject it"), .verify(20, says: "0 certificates")]),
            ("OtherSignature", [.register(says: "may reject it"), .verify(20, says: "its signature is wrong")]),
            ("ArrayStatement", [.register(), .verify(says: "compound of packed, packed"), .login]),
            ("NumberStatement", [.register(), .verify(says: "not attested: "), .login]),

            ("EmptyUserID", [.register(), .assert(says: "\"signature\"")]),
            ("OddAccount", [.register(), .assert(says: "\"userHandle\""), .login]),
            ("TooFewAccounts", [.register(), .assert(status: 14, says: "authenticatorGetNextAssertion")]),
            (
                "Key",
                [.register(), .register(), .assert(says: "has 2 accounts of example.com; using the newest, al (ID ")]
            ),
            ("Unsorted", [.register(), .verify(), .login]),
            ("MemberTwice", [.register(), .assert(status: 76, says: "occurs twice")]),
            ("BytesLeftOver", [.register(), .assert(status: 76, says: "bytes are left over")]),
            ("OddInformation", [.register(), .verify(), .login]),
            ("OddInformation", [Step(arguments: ["info"], status: 0, says: "FIDO_9_9")]),

            ("LongToken", [.registerVerified, .verify()]),
            ("LongerToken", [.registerVerified, .verify()]),
            ("TokenOfOneBlock", [.registerVerified, .verify()]),
            ("UnknownPINProtocol", [.register("--no-input", status: 16, says: "a PIN protocol that")]),
            ("UnknownPINProtocol", [.register("--pin-file", "PINFILE", status: 16, says: "a PIN protocol that")]),
            (
                "UnknownPINProtocol",
                [Step(arguments: ["pin", "status", "--json"], status: 0, says: "\"retries\":null")]
            ),
            ("UnknownPINProtocol", [Step(arguments: ["pin", "set"], status: 16, says: "a PIN protocol that")]),

            ("Locked", [.register(says: "another program is using"), .login]),
            ("AnswersOthers", [.register(), .verify(), .login]),
            ("OtherNonce", [.register(), .verify(), .login]),

            ("PromisesCBOR", [Step(arguments: ["info"], status: 0, says: "a U2F key")]),
            ("PromisesCBOR", [.registerByU2F(), .verify(says: "signed with a certificate"), .login]),
            ("BrokenInformation", [.registerByU2F(status: 76, says: "violates the protocol")]),
        ]

        @Test(arguments: cases.indices)
        func `an odd key does what it can`(number: Int) async throws {
            let (name, steps) = Self.cases[number]
            try await Testbed.with { bed in
                _ = try await bed.plug(oddKey: name)
                let (file, pinFile) = (bed.folder + "/registration", bed.folder + "/pin")
                try TextFile.write("1234\n", to: pinFile)
                for step in steps {
                    let arguments = step.arguments.map { ["FILE": file, "PINFILE": pinFile][$0] ?? $0 }
                    let fidoctl = try bed.start([Product.fidoctl] + arguments)
                    let end = try await fidoctl.end()
                    let said = fidoctl.errors.text + "\n" + fidoctl.output.text
                    #expect(end == .exit(step.status), "\(name): \(arguments): \(said)")
                    #expect(said.contains(step.says), "\(name): \(arguments): \(said)")
                    if step.arguments.first == "register" { try TextFile.write(fidoctl.output.text, to: file) }
                }
            }
        }

        @Test func `an empty user id is left out of a login`() async throws {
            try await Testbed.with { bed in
                _ = try await bed.plug(oddKey: "EmptyUserID")
                let register = try bed.fidoctl("register", "--rp-id", "example.com", "--user", "al", "--discoverable")
                #expect(try await register.end() == .exit(0), "\(register.errors.text)")
                let login = try bed.fidoctl("assert", "--rp-id", "example.com", "--json")
                #expect(try await login.end() == .exit(0), "\(login.errors.text)")
                #expect(!login.output.text.contains("userHandle"))
            }
        }
    }
}
