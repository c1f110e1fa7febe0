import Glibc
import Testing

@testable import CTAPHID

/// Only a key's hidraw node may reach hidapi, which crashes on anything else.
@Suite struct DeviceListTests {
    @Test(arguments: [
        ("/dev/null", "it is not a hidraw device"), ("/", "it is a folder"), ("/etc/passwd", "it is an ordinary file"),
    ])
    func otherPathsAreRefusedWithTheReason(path: String, reason: String) {
        #expect(throws: CTAPHIDError.notASecurityKey(path: path, reason: reason)) {
            try DeviceList.device(at: path)
        }
    }

    @Test func `pipes are refused without being opened, through a link too`() throws {
        let folder = try TemporaryFolder()
        #expect(unsafe mkfifo(folder.path("pipe"), 0o600) == 0)
        #expect(unsafe symlink(folder.path("pipe"), folder.path("link")) == 0)
        for path in [folder.path("pipe"), folder.path("link")] {
            #expect(throws: CTAPHIDError.notASecurityKey(path: path, reason: "it is a pipe")) {
                try DeviceList.device(at: path)
            }
        }
    }

    @Test func `links that lead nowhere or in a circle end at once`() throws {
        let folder = try TemporaryFolder()
        #expect(unsafe symlink(folder.path("nowhere"), folder.path("dangling")) == 0)
        #expect(unsafe symlink(folder.path("loop"), folder.path("loop")) == 0)
        #expect(throws: CTAPHIDError.noSuchDevice(path: folder.path("dangling"))) {
            try DeviceList.device(at: folder.path("dangling"))
        }
        let loop = folder.path("loop")
        #expect(throws: CTAPHIDError.io(operation: "stat \(loop)", reason: "Too many levels of symbolic links")) {
            try DeviceList.device(at: loop)
        }
    }

    @Test(arguments: ["/dev/hidraw-none", "/dev/null/hidraw0", ""])
    func missingPathsAreNoDevice(path: String) {
        #expect(throws: CTAPHIDError.noSuchDevice(path: path)) { try DeviceList.device(at: path) }
    }

    @Test func openingChecksThePathAgain() async {
        let info = HIDDeviceInfo(path: "/dev/null", vendorID: 0, productID: 0)
        await #expect(throws: CTAPHIDError.notASecurityKey(path: "/dev/null", reason: "it is not a hidraw device")) {
            _ = try await HidrawDevice.open(info, by: .far)
        }
    }
}
