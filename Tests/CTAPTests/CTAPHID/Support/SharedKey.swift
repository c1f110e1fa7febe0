import Glibc
import Synchronization

@testable import CTAPHID

/// A slow key that several programs have open at once. It works on one CBOR request at a time, with KEEPALIVEs, and
/// like hidraw it delivers every report to every program.
final class SharedKey: Sendable {
    /// How it handles INIT while busy; it answers every other request with CHANNEL_BUSY.
    enum InitWhileBusy: Sendable, CaseIterable {
        case answered, refused, dropped
    }

    private struct Work {
        let channel: ChannelID
        let payload: [UInt8]
        let end: ContinuousClock.Instant
        var nextKeepalive: ContinuousClock.Instant
    }

    private struct State {
        var queues: [[[UInt8]]] = []
        var channels: UInt32 = 0
        var work: Work?

        mutating func send(_ command: HIDCommand, _ payload: [UInt8], on channel: ChannelID) {
            for index in queues.indices { queues[index].append(report(command, payload, on: channel)) }
        }

        mutating func tick() {
            guard let current = work else { return }
            let now = ContinuousClock.now
            if now >= current.end {
                work = nil
                send(.cbor, [0] + current.payload, on: current.channel)
            } else if now >= current.nextKeepalive {
                work?.nextKeepalive = now + .milliseconds(50)
                send(.keepalive, [KeepaliveStatus.userPresenceNeeded.rawValue], on: current.channel)
            }
        }
    }

    private let initWhileBusy: InitWhileBusy
    private let duration: Duration
    private let state = Mutex(State())

    init(initWhileBusy: InitWhileBusy, eachRequestTakes duration: Duration) {
        self.initWhileBusy = initWhileBusy
        self.duration = duration
    }

    /// Another program's view of the key.
    func open() -> sending any HIDDevice {
        let index = state.withLock { state in
            state.queues.append([])
            return state.queues.count - 1
        }
        return Client(key: self, index: index)
    }

    private func receive(_ packet: Packet) {
        guard case .initialization(let command, let byteCount) = packet.kind else { return }
        let payload = Array(packet.data.prefix(Int(byteCount)))
        state.withLock { state in
            state.tick()
            switch (command, state.work) {
            case (.`init`, .some) where initWhileBusy == .dropped: break
            case (.`init`, .some) where initWhileBusy == .refused: state.send(.error, [6], on: packet.channel)
            case (.`init`, _):
                state.channels += 1
                let id: [UInt8] = [0, 0, 1, UInt8(truncatingIfNeeded: state.channels)]
                state.send(.`init`, payload + id + [2, 0, 0, 0, Capabilities.cbor.rawValue], on: packet.channel)
            case (.cbor, nil):
                let now = ContinuousClock.now
                state.work = Work(channel: packet.channel, payload: payload, end: now + duration, nextKeepalive: now)
            case (.cbor, .some): state.send(.error, [6], on: packet.channel)
            default: break
            }
        }
    }

    private func nextReport(of index: Int) -> [UInt8]? {
        state.withLock { state in
            state.tick()
            return state.queues[index].isEmpty ? nil : state.queues[index].removeFirst()
        }
    }

    private final class Client: HIDDevice {
        let inputReportSize = 64
        let outputReportSize = 64
        private let key: SharedKey
        private let index: Int

        init(key: SharedKey, index: Int) {
            self.key = key
            self.index = index
        }

        func write(_ report: [UInt8]) throws(CTAPHIDError) {
            if let packet = Packet(report: report) { key.receive(packet) }
        }

        func read(within duration: Duration) throws(CTAPHIDError) -> [UInt8]? {
            let end = ContinuousClock.now + duration
            while true {
                if let report = key.nextReport(of: index) { return report }
                guard ContinuousClock.now < end else { return nil }
                usleep(1_000)
            }
        }

        func close() {}
    }
}
