import Testing

@testable import CTAPHID

/// What is not a key's hidraw node must never reach hidapi, which crashes on it.
@Suite struct DeviceListTests {
    @Test(arguments: [
        ("/dev/null", "it is not a hidraw device"), ("/", "it is a folder"), ("/etc/passwd", "it is an ordinary file"),
    ])
    func otherPathsAreRefusedWithTheReason(path: String, reason: String) {
        #expect(throws: CTAPHIDError.notASecurityKey(path: path, reason: reason)) {
            try DeviceList.device(at: path)
        }
    }

    @Test(arguments: ["/dev/hidraw-none", "/dev/null/hidraw0", ""])
    func missingPathsAreNoDevice(path: String) {
        #expect(throws: CTAPHIDError.noSuchDevice(path: path)) { try DeviceList.device(at: path) }
    }

    @Test func openingChecksThePathAgain() {
        let info = HIDDeviceInfo(path: "/dev/null", vendorID: 0, productID: 0)
        #expect(throws: CTAPHIDError.notASecurityKey(path: "/dev/null", reason: "it is not a hidraw device")) {
            try HidrawDevice(info)
        }
    }
}
