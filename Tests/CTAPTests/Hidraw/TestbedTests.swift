import Glibc
import Testing

extension HidrawTests {
    /// The test bed itself, since a mistake in it would invalidate every other test here.
    @Suite(.enabled(if: !Testbed.usesKernel)) struct TestbedTests {
        @Test func anEmptyTestBedHasNoDevices() async throws {
            try await Testbed.with { bed in
                let list = try bed.start(["ls", "/dev", "/sys/class/hidraw"])
                #expect(try await list.end() == .exit(0))
                #expect(list.output.lines == ["/dev:", "", "/sys/class/hidraw:"])
            }
        }

        @Test func programsOutsideSeeNothingOfIt() async throws {
            try await Testbed.with { bed in
                try await TestbedCommands.shared.run("plug", [bed.folder, "61"])
                let outside = try Program(["ls", "/dev/hidraw61"])
                #expect(try await outside.end() == .exit(2))
            }
        }

        @Test func whatIsPluggedInIsThereUntilItIsPulledOut() async throws {
            try await Testbed.with { bed in
                try await TestbedCommands.shared.run("plug", [bed.folder, "7", "--product", "Schlüssel 'eins'"])
                let uevent = try bed.start(["cat", "/sys/class/hidraw/hidraw7/device/uevent"])
                #expect(try await uevent.end() == .exit(0))
                #expect(uevent.output.lines.contains("HID_NAME=Example Org Schlüssel 'eins'"))
                let node = try bed.start(["stat", "--format=%F %n", "/dev/hidraw7"])
                #expect(try await node.end() == .exit(0))
                #expect(node.output.lines == ["character special file /dev/hidraw7"])

                try await TestbedCommands.shared.run("unplug", [bed.folder, "7"])
                let gone = try bed.start(["stat", "/dev/hidraw7"])
                #expect(try await gone.end() == .exit(1))
                let links = try bed.start(["find", "/sys/class", "/sys/bus", "/sys/dev", "-type", "l"])
                #expect(try await links.end() == .exit(0))
                #expect(links.output.lines == [])
            }
        }

        /// The kernel never reuses the name of a HID device, and fidoctl detects a replugged key by the name.
        @Test func aKeyThatComesBackIsAnotherDevice() async throws {
            try await Testbed.with { bed in
                var devices: [String] = []
                for _ in 1...2 {
                    try await TestbedCommands.shared.run("plug", [bed.folder, "7"])
                    let link = try bed.start(["readlink", "/sys/class/hidraw/hidraw7"])
                    #expect(try await link.end() == .exit(0))
                    devices += link.output.lines.flatMap { $0.split(separator: "/").dropLast(2).suffix(1) }.map(
                        String.init
                    )
                    try await TestbedCommands.shared.run("unplug", [bed.folder, "7"])
                }
                #expect(devices == ["0003:1209:0001.0001", "0003:1209:0001.0002"])
            }
        }

        @Test(arguments: [(EACCES, "Permission denied"), (EBUSY, "Device or resource busy")])
        func anOpenFailsAsOrdered(error: Int32, message: String) async throws {
            try await Testbed.with { bed in
                try await TestbedCommands.shared.run("plug", [bed.folder, "0"])
                try await bed.deny(0, error: error)
                let open = try bed.start(["cat", "/dev/hidraw0"])
                #expect(try await open.end() == .exit(1))
                #expect(open.errors.text.contains(message))
            }
        }
    }
}
