import Testing

@testable import OpenSSHProvider

@Suite struct CallOptionsTests {
    @Test func `the user is padded with zeros to 32 bytes, which is all zeros without one`() throws {
        #expect(try CallOptions([], knowing: ["device", "user"]).userID == [UInt8](repeating: 0, count: 32))
        let options = try CallOptions([setting("user", "al")], knowing: ["device", "user"])
        #expect(options.userID == [0x61, 0x6C] + [UInt8](repeating: 0, count: 30))
    }

    @Test func `a user of 31 bytes fits and one of 32 does not`() throws {
        let longest = String(repeating: "a", count: 31)
        #expect(try CallOptions([setting("user", longest)], knowing: ["user"]).userID == Array(longest.utf8) + [0])
        #expect(throws: ProviderError.general) {
            try CallOptions([setting("user", longest + "a")], knowing: ["user"])
        }
    }

    @Test(arguments: ["colour", "user"]) func `an unknown option fails only if it is required`(name: String) throws {
        #expect(try CallOptions([setting(name, "blue")], knowing: ["device"]).device == nil)
        #expect(throws: ProviderError.unsupported) {
            try CallOptions([setting(name, "blue", isRequired: true)], knowing: ["device"])
        }
    }

    @Test func `a device must be text`() throws {
        #expect(try CallOptions([setting("device", "/dev/hidraw3")], knowing: ["device"]).device == "/dev/hidraw3")
        #expect(throws: ProviderError.general) { try CallOptions([setting("device", "")], knowing: ["device"]) }
        let bytes = CallOptions.Setting(name: "device", value: [0xFF], isRequired: false)
        #expect(throws: ProviderError.general) { try CallOptions([bytes], knowing: ["device"]) }
    }

    private func setting(_ name: String, _ value: String, isRequired: Bool = false) -> CallOptions.Setting {
        CallOptions.Setting(name: name, value: Array(value.utf8), isRequired: isRequired)
    }
}
