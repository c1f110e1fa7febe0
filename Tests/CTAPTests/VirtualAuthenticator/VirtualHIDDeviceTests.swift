import Dispatch
import Testing
import VirtualAuthenticator

/// A virtual key as a device of this process.
@Suite(.timeLimit(.minutes(1))) struct VirtualHIDDeviceTests {
    private func device() throws -> VirtualHIDDevice {
        VirtualHIDDevice(try VirtualKey(storage: MemoryStorage(), presence: TimedPresence(after: nil)))
    }

    private let initRequest = hex("ffffffff 86 0008 0102030405060708")

    @Test func `interrupt ends a wait of another thread`() throws {
        let device = try device()
        let interrupt = try #require(device.interrupt)
        DispatchQueue.global().async(execute: interrupt)
        #expect(try device.read(within: .seconds(86_400)) == nil)
    }

    @Test func `interrupts that came before take effect once, after the reports`() throws {
        let device = try device()
        let interrupt = try #require(device.interrupt)
        interrupt()
        interrupt()
        try device.write(initRequest)
        #expect(try device.read(within: .seconds(86_400)) != nil)
        #expect(try device.read(within: .seconds(86_400)) == nil)
        try device.write(initRequest)
        #expect(try device.read(within: .seconds(86_400)) != nil)
        // If the second call still had an effect, KEEPALIVE would not arrive.
        try device.write(hex("ffffffff 86 0008 0102030405060708"))
        let answer = try #require(try device.read(within: .zero))
        try device.write(Array(answer[15..<19]) + hex("90 0001 0b"))
        #expect(try device.read(within: .seconds(86_400))?[4] == 0xBB)
        #expect(try device.read(within: .seconds(86_400))?[4] == 0xBB)
    }
}
