// Tests a client without hardware: it talks to a software key in the test process.
import CTAPHID
import Testing
import VirtualAuthenticator

/// The client under test, reduced to the minimum.
struct MyClient {
    let device: any HIDDevice

    /// Sends INIT with a nonce on the broadcast channel; returns the channel that the key allocates.
    func allocateChannel() throws -> [UInt8] {
        let nonce: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
        let answer = try exchange([0xFF, 0xFF, 0xFF, 0xFF, 0x86, 0, 8] + nonce)
        return answer[7..<15].elementsEqual(nonce) ? Array(answer[15..<19]) : []
    }

    /// Sends authenticatorGetInfo; returns the first report of the response.
    func getInfo(on channel: [UInt8]) throws -> [UInt8] {
        try exchange(channel + [0x90, 0, 1, 0x04])
    }

    private func exchange(_ request: [UInt8]) throws -> [UInt8] {
        try device.write(request + [UInt8](repeating: 0, count: 64 - request.count))
        while true {
            if let report = try device.read(within: .seconds(5)) { return report }
        }
    }
}

@Suite struct ClientTests {
    private func client(touch presence: any UserPresence = TimedPresence(after: .zero)) throws -> MyClient {
        MyClient(device: VirtualHIDDevice(try VirtualKey(storage: MemoryStorage(), presence: presence)))
    }

    @Test func `the client gets a channel of its own`() throws {
        #expect(try client().allocateChannel() != [0xFF, 0xFF, 0xFF, 0xFF])
    }

    @Test func `the key answers getInfo with success and a map`() throws {
        let client = try client()
        let answer = try client.getInfo(on: client.allocateChannel())
        #expect(answer[4] == 0x90)
        #expect(answer[7] == 0x00 && answer[8] >> 5 == 5)
    }

    /// A scenario simulates failures of real keys (docs/scenarios.md).
    @Test func `a key that is busy is distinguished from one that answers`() throws {
        let scenario = try Scenario(json: Array(#"{"rules": [{"on": "getInfo", "faults": ["busy:1"]}]}"#.utf8))
        let key = try ScenarioKey(scenario, storage: MemoryStorage(), presence: TimedPresence(after: .zero))
        let client = MyClient(device: VirtualHIDDevice(key))
        let answer = try client.getInfo(on: client.allocateChannel())
        // ERROR, CHANNEL_BUSY.
        #expect(answer[4] == 0xBF && answer[7] == 0x06)
    }
}
