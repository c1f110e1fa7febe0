import FoundationEssentials
import Glibc
import Testing

extension HidrawTests {
    /// What fidoctl makes of devices: which it lists, which it refuses, and how it says so.
    @Suite(.enabled(if: !Testbed.usesKernel, "descriptions are for made-up devices")) struct DeviceTests {
        private struct Listed: Decodable, Equatable {
            struct Permission: Decodable, Equatable {
                var granted: Bool
            }
            var path: String
            var name: String
            var vendorId: Int
            var productId: Int
            var serial: String?
            var permission: Permission
        }

        private struct Report: Decodable {
            struct Failure: Decodable {
                var code: String
                var message: String
            }
            var error: Failure
        }

        @Test func allKeysAreListedAndNothingElse() async throws {
            try await Testbed.with { bed in
                try await bed.describe(0, ["--product", "Schlüssel", "--serial", "1", "--vendor", "0x1050"])
                try await bed.describe(1, ["--descriptor", "keyboard"])
                try await bed.describe(2, ["--bus", "uhid", "--product", "Key"])
                try await bed.describe(10, ["--manufacturer", "", "--product", "鍵"])
                try await bed.deny(10)
                let list = try bed.fidoctl("list", "--json")
                #expect(try await list.end() == .exit(0))
                let keys = try JSONDecoder().decode([Listed].self, from: Data(list.output.text.utf8))
                let may = Listed.Permission(granted: true)
                let mayNot = Listed.Permission(granted: false)
                func key(_ path: String, _ name: String, vendor: Int, serial: String?, _ permission: Listed.Permission)
                    -> Listed
                {
                    Listed(
                        path: path,
                        name: name,
                        vendorId: vendor,
                        productId: 1,
                        serial: serial,
                        permission: permission
                    )
                }
                #expect(
                    keys == [
                        key("/dev/hidraw0", "Example Org Schlüssel", vendor: 0x1050, serial: "1", may),
                        key("/dev/hidraw2", "Example Org Key", vendor: 0x1209, serial: nil, may),
                        key("/dev/hidraw10", "鍵", vendor: 0x1209, serial: nil, mayNot),
                    ]
                )
            }
        }

        @Test func aKeysNameCannotSteerTheTerminal() async throws {
            try await Testbed.with { bed in
                try await bed.describe(0, ["--product", "\u{1B}[2J\u{202E}key\u{7}"])
                let list = try bed.fidoctl("list")
                #expect(try await list.end() == .exit(0))
                let dangerous = list.output.text.unicodeScalars.filter {
                    $0.value < 0x20 && $0 != "\n" || $0 == "\u{202E}"
                }
                #expect(dangerous.isEmpty)
            }
        }

        @Test(arguments: [
            "/dev/null", "/tmp", "/etc/passwd", "/dev/hidraw9", "/dev/hidraw1", "/dev/hidraw01",
        ])
        func whatIsNoPluggedKeyIsRefused(selector: String) async throws {
            try await Testbed.with { bed in
                try await bed.describe(0)
                try await bed.describe(1, ["--descriptor", "keyboard"])
                try await expect(.exit(69), code: "no-key", of: bed.register(at: selector), names: selector)
            }
        }

        @Test(arguments: [nil, "/dev/hidraw0"])
        func aKeyThatMayNotBeOpenedIsNamed(selector: String?) async throws {
            try await Testbed.with { bed in
                try await bed.describe(0, ["--product", "Locked Key"])
                try await bed.deny(0)
                try await expect(.exit(77), code: "no-permission", of: bed.register(at: selector), names: "Locked Key")
            }
        }

        /// Simulates a container with /sys but without the key's node.
        @Test func `a key without a node is said to be plugged in, by its path too`() async throws {
            try await Testbed.with { bed in
                try await bed.describe(0, ["--product", "Outer Key"])
                #expect(unsafe unlink(bed.folder + "/dev/hidraw0") == 0)
                for selector in [nil, "/dev/hidraw0"] {
                    let register = try bed.register(at: selector)
                    try await expect(.exit(77), code: "no-permission", of: register, names: "Outer Key is plugged in")
                    #expect(register.errors.text.contains("in a container"))
                }
            }
        }

        @Test func aKeyIsWaitedForByItsSerialNumber() async throws {
            try await Testbed.with { bed in
                _ = try await bed.plug(0, description: ["--serial", "EARLY"])
                let fidoctl = try bed.register(at: "LATE")
                try await fidoctl.errors.wait(for: "Insert")
                let late = try await bed.plug(1, description: ["--serial", "LATE"])
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                #expect(late.wire.commands.contains("CBOR"))
            }
        }

        private func expect(_ end: Program.End, code: String, of program: Program, names name: String) async throws {
            #expect(try await program.end() == end)
            let report = try JSONDecoder().decode(Report.self, from: Data(program.output.text.utf8))
            #expect(report.error.code == code)
            #expect(report.error.message.contains(name))
            #expect(program.errors.text.contains(name))
        }
    }
}

extension Testbed {
    /// Plugs in a device without a server: it is listed, but cannot be opened.
    fileprivate func describe(_ number: Int, _ description: [String] = []) async throws {
        try await TestbedCommands.shared.run("plug", [folder, String(number)] + description)
    }

    fileprivate func register(at selector: String?) throws -> Program {
        let device = selector.map { ["--device", $0] } ?? []
        return try start([Product.fidoctl, "register", "--rp-id", "example.com", "--user", "u", "--json"] + device)
    }
}
