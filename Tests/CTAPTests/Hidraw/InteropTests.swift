import Testing

extension HidrawTests {
    /// Clients and relying parties that others wrote, as judges of the software key and of fidoctl. What they check is
    /// in scripts/interop, each a script that can also be run by hand.
    @Suite(.enabled(if: !Testbed.usesKernel, "scripts/vm/checks does it there")) struct InteropTests {
        private static let folder = Product.project + "/scripts/interop"

        @Test func libfido2IsAClientOfTheKey() async throws {
            try await expectNoFailure { key in ["\(Self.folder)/libfido2-client", key.path] }
        }

        @Test(.enabled(if: TextFile.exists(Product.python), "scripts/setup test installs python-fido2"))
        func pythonFIDO2IsAClientOfTheKey() async throws {
            try await expectNoFailure { key in [Product.python, "\(Self.folder)/python_fido2.py", key.path] }
        }

        @Test(.enabled(if: TextFile.exists(Product.python), "scripts/setup test installs python-fido2"))
        func othersJudgeAttestationAsWeDo() async throws {
            try await expectNoFailure { _ in [Product.python, "\(Self.folder)/attestation_judges.py"] }
        }

        private static let onlyU2F = #""u2f": "only""#

        @Test func `libfido2 and fidoctl use each other's credentials on a U2F key`() async throws {
            try await expectNoFailure(key: Self.onlyU2F) { key in ["\(Self.folder)/libfido2-u2f", key.path] }
        }

        @Test func `what libfido2 makes by U2F fidoctl uses by CTAP2, and the other way round`() async throws {
            try await expectNoFailure { key in ["\(Self.folder)/libfido2-u2f", key.path, "-u"] }
        }

        @Test(.enabled(if: TextFile.exists(Product.python), "scripts/setup test installs python-fido2"))
        func `python-fido2 is a client of a U2F key`() async throws {
            try await expectNoFailure(key: Self.onlyU2F) { key in
                [Product.python, "\(Self.folder)/python_fido2_u2f.py", key.path]
            }
        }

        @Test func `logins of fidoctl with a U2F key hold and changed ones do not`() async throws {
            try await expectNoFailure(key: Self.onlyU2F) { key in ["\(Self.folder)/fidoctl-login", key.path, "ES256"] }
        }

        @Test(arguments: ["[1]", "[2]", "[2, 1]"])
        func libfido2SetsUsesAndChangesThePIN(protocols: String) async throws {
            try await expectNoFailure(key: #""pinUvAuthProtocols": \#(protocols)"#) { key in
                ["\(Self.folder)/libfido2-pin", key.path]
            }
        }

        @Test(
            .enabled(if: TextFile.exists(Product.python), "scripts/setup test installs python-fido2"),
            arguments: [1, 2]
        )
        func pythonFIDO2VerifiesItsUserByPIN(protocolNumber: Int) async throws {
            try await expectNoFailure { key in
                [Product.python, "\(Self.folder)/python_fido2_pin.py", key.path, String(protocolNumber)]
            }
        }

        @Test(.enabled(if: TextFile.exists(Product.python), "scripts/setup test installs python-fido2"))
        func pythonFIDO2VerifiesItsUserByFingerprint() async throws {
            try await expectNoFailure(key: #""uv": true, "pin": false"#) { key in
                [Product.python, "\(Self.folder)/python_fido2_uv.py", key.path]
            }
        }

        /// The members of a key with all management commands; the second sample of a finger fails.
        private static let managed = #""uv": false, "resetWindow": 3600, "sampleStatuses": [0, 7]"#

        @Test(arguments: ["[1]", "[2, 1]"]) func libfido2ManagesWhatIsOnTheKey(protocols: String) async throws {
            try await expectNoFailure(key: Self.managed + #", "pinUvAuthProtocols": \#(protocols)"#) { key in
                ["\(Self.folder)/libfido2-manage", key.path]
            }
        }

        @Test(
            .enabled(if: TextFile.exists(Product.python), "scripts/setup test installs python-fido2"),
            arguments: [1, 2]
        )
        func pythonFIDO2ManagesWhatIsOnTheKey(protocolNumber: Int) async throws {
            try await expectNoFailure(key: Self.managed) { key in
                [Product.python, "\(Self.folder)/python_fido2_manage.py", key.path, String(protocolNumber)]
            }
        }

        @Test func fidoctlsLoginsHoldAndChangedOnesDoNot() async throws {
            try await expectNoFailure { key in ["\(Self.folder)/fidoctl-login", key.path] }
        }

        @Test(arguments: ["[1]", "[2, 1]"])
        func fidoctlAndLibfido2ShareThePIN(protocols: String) async throws {
            try await expectNoFailure(key: #""pinUvAuthProtocols": \#(protocols)"#) { key in
                ["\(Self.folder)/fidoctl-pin", key.path]
            }
        }

        @Test(arguments: ["[1]", "[2, 1]"])
        func fidoctlAndLibfido2SeeWhatTheOtherDid(protocols: String) async throws {
            try await expectNoFailure(key: Self.managed + #", "pinUvAuthProtocols": \#(protocols)"#) { key in
                ["\(Self.folder)/fidoctl-manage", key.path]
            }
        }

        @Test(arguments: ["[1]", "[2, 1]"])
        func fidoctlAndLibfido2GetTheSameSecrets(protocols: String) async throws {
            try await expectNoFailure(key: #""pinUvAuthProtocols": \#(protocols)"#) { key in
                ["\(Self.folder)/fidoctl-secrets", key.path]
            }
        }

        @Test(
            .enabled(if: TextFile.exists(Product.python), "scripts/setup test installs python-fido2"),
            arguments: [1, 2]
        )
        func fidoctlAndPythonFIDO2GetTheSameOutputs(protocolNumber: Int) async throws {
            try await expectNoFailure { key in
                [
                    Product.python, "\(Self.folder)/python_fido2_extensions.py", Product.fidoctl, key.path,
                    String(protocolNumber),
                ]
            }
        }

        @Test func libfido2AcceptsWhatFidoctlPrints() async throws {
            try await expectNoFailure { key in ["\(Self.folder)/libfido2-judge", key.path] }
        }

        @Test(.enabled(if: TextFile.exists(Product.python), "scripts/setup test installs py_webauthn"))
        func theOptionsOfPyWebAuthnGoInAsTheyAre() async throws {
            try await expectNoFailure { key in
                [Product.python, "\(Self.folder)/py_webauthn_options.py", Product.fidoctl, key.path]
            }
        }

        private static let servers = ["py_webauthn.py", "python_fido2_server.py"]

        @Test(
            .enabled(if: TextFile.exists(Product.python), "scripts/setup test installs the servers"),
            arguments: servers,
            [(key: "", format: "packed"), (key: #""u2f": "only""#, format: "fido-u2f")]
        )
        func aServerAcceptsEachAlgorithmOfTheKey(server: String, attestation: (key: String, format: String))
            async throws
        {
            try await expectNoFailure(key: attestation.key) { key in
                [Product.python, "\(Self.folder)/\(server)", Product.fidoctl, key.path, attestation.format]
            }
        }

        @Test(
            .enabled(if: TextFile.exists(Product.python), "scripts/setup test installs the servers"),
            arguments: servers,
            [("SelfAttested", "packed"), ("U2FAttested", "fido-u2f"), ("NotAttested", "none")]
        )
        func aServerAcceptsOtherAttestations(server: String, attestation: (key: String, format: String)) async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug(oddKey: attestation.key)
                let script = "\(Self.folder)/\(server)"
                try await expectNoFailure(
                    of: [Product.python, script, Product.fidoctl, key.path, attestation.format],
                    in: bed
                )
            }
        }

        @Test(.enabled(if: TextFile.exists(Product.python), "scripts/setup test installs google-auth"))
        func `google-auth takes the answer of its plug-in`() async throws {
            try await expectNoFailure(key: #""uv": true, "pin": false"#) { key in
                [Product.python, "\(Self.folder)/google_auth.py", Product.fidoctl, key.path]
            }
        }

        @Test(.enabled(if: TextFile.exists("/usr/bin/pamtester"), "scripts/setup test installs pamtester"))
        func `the recipe of docs/pam.md logs in with pam_exec`() async throws {
            let script = try Program(["\(Self.folder)/pam", Product.fidoctl], environment: ["LC_ALL": "C.UTF-8"])
            let end = try await script.end(within: .seconds(120))
            #expect(end == .exit(0), "\(script.output.text)\n\(script.errors.text)")
        }

        /// The example prints what its terminal would show.
        @Test(.enabled(if: TextFile.exists(Product.python), "scripts/setup test installs Python"))
        func `the client in Examples/python logs in`() async throws {
            try await Testbed.with { bed in
                _ = try await bed.plug()
                let folder = bed.folder + "/bin"
                let script = #"mkdir "$1"; ln -s "$2" "$1/fidoctl"; PATH=$1:$PATH exec "$3" "$4""#
                let login = Product.project + "/Examples/python/login.py"
                let client = try bed.start([
                    "/bin/sh", "-c", script, "sh", folder, Product.fidoctl, Product.python, login,
                ])
                #expect(try await client.end() == .exit(0), "\(client.errors.text)")
                #expect(client.output.text.contains("Logged in with the credential"))
            }
        }

        @Test(.enabled(if: TextFile.exists(Product.python), "scripts/setup test installs python-fido2"))
        func fidoctlAcceptsWhatPythonFIDO2MadeAndNothingChanged() async throws {
            // Over a thousand runs of fidoctl, which take long when it is sanitized.
            try await expectNoFailure(within: .seconds(600)) { key in
                [Product.python, "\(Self.folder)/fidoctl_verify.py", Product.fidoctl, key.path]
            }
        }

        /// `members` are those of the scenario's key.
        private func expectNoFailure(
            key members: String = "",
            within limit: Duration = .seconds(120),
            _ arguments: @Sendable (PluggedKey) -> [String]
        ) async throws {
            try await Testbed.with { bed in
                let scenario = bed.folder + "/key.json"
                try TextFile.write(#"{"key": {\#(members)}}"#, to: scenario)
                let key = try await bed.plug(
                    serving: ["--touch", "auto", "--scenario", scenario],
                    description: ["--serial", "INTEROP-1"]
                )
                try await expectNoFailure(of: arguments(key), in: bed, within: limit)
            }
        }

        private func expectNoFailure(
            of arguments: [String],
            in bed: Testbed,
            within limit: Duration = .seconds(120)
        ) async throws {
            let judge = try bed.start(arguments, environment: ["FIDOCTL": Product.fidoctl])
            let end = try await judge.end(within: limit)
            #expect(end == .exit(0), "\(judge.output.text)\n\(judge.errors.text)")
            #expect(judge.output.lines.last?.hasSuffix(" passed, 0 failed") == true)
        }
    }
}
