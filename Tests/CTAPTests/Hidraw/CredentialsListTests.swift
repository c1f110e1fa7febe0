import Testing

extension HidrawTests {
    /// `fidoctl credentials` with keys that hold very much, nothing, or names that are not whole.
    @Suite struct CredentialsListTests {
        /// The virtual machine is too slow for the last one.
        private static let counts = [0, 10, 100, 1000].filter { !Testbed.usesKernel || $0 < 1000 }

        @Test(arguments: counts)
        func `a list sends one request for each site and credential, and none twice`(count: Int) async throws {
            try await Testbed.with { bed in
                let accounts = StoredAccount.many(count)
                if count > 0 { try await StoredAccount.storeCopies(accounts, in: "\(bed.folder)/key0") }
                let key = try await PINBed.plug(in: bed, 0, ["discoverableCapacity": "1000"])
                let pinFile = bed.folder + "/pin"
                try TextFile.write(PINBed.pin + "\n", to: pinFile)
                let list = try bed.fidoctl("credentials", "list", "--pin-file", pinFile)
                #expect(try await list.end() == .exit(0), "\(list.errors.text)")
                #expect(list.output.lines.count == 1 + count / 2 + count)
                let requests = try await key.finalWire().commands.count { $0 == "CBOR" }
                let management = key.server.errors.lines.count { $0.contains("-- command 0x0a began") }
                // The count, the sites one by one, the credentials one by one; an empty list takes a request too.
                #expect(management == 1 + max(1, count / 2) + count)
                // getInfo, PIN retries, key agreement, token.
                #expect(requests - management == 4)
            }
        }

        @Test(arguments: [true, false])
        func `nothing matches on an empty key, however it says that it is empty`(emptySucceeds: Bool) async throws {
            try await PINBed.with(["emptyEnumerationSucceeds": "\(emptySucceeds)"]) { bed in
                let choice = ["--rp-id", "a.example", "--yes", "--pin-file", bed.pinFile]
                for command in [["delete"], ["rename", "--name", "x"]] {
                    let change = try bed.bed.start([Product.fidoctl, "credentials"] + command + choice)
                    #expect(try await change.end() == .exit(10), "\(change.errors.text)")
                    #expect(change.errors.text.contains("nothing was changed"))
                }
            }
        }

        @Test func `a name that the key cut within a character is shown, and loses that character when renamed`()
            async throws
        {
            let cut = #"{"on": "credentialManagement", "faults": ["cut-text:12"]}"#
            try await PINBed.with(rules: [cut], accounts: [StoredAccount("a.example", "x日本語の名前", "y")]) { bed in
                #expect(try await bed.listed().map(\.name) == ["x日本語\u{FFFD}"])
                let list = try bed.start("credentials", "list", "--pin-file", bed.pinFile)
                #expect(try await list.end() == .exit(0), "\(list.errors.text)")
                #expect(list.output.text.contains("x日本語\u{FFFD} (y)"), "\(list.output.text)")
                let choice = ["--rp-id", "a.example", "--user", "x日本語\u{FFFD}", "--display-name", "z", "--yes"]
                let rename = try bed.bed.start(
                    [Product.fidoctl, "credentials", "rename", "--pin-file", bed.pinFile] + choice
                )
                #expect(try await rename.end() == .exit(0), "\(rename.errors.text)")
                let renamed = try #require(try await bed.listed().first)
                #expect(renamed.name == "x日本語" && renamed.displayName == "z")
            }
        }
    }
}
