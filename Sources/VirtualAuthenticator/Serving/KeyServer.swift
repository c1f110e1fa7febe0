import Platform

/// Serves a virtual key to other programs, on one thread, until it is stopped.
package struct KeyServer {
    private let port: any ReportPort
    private let key: any EmulatedKey
    private var unsent: [[UInt8]] = []
    private var mustWaitToWrite = false
    private var earliestSend = Duration.zero

    /// Another file descriptor to watch, and the action when it is readable; returning `false` ends the watch.
    package struct Watch {
        package var descriptor: Int32
        package var whenReadable: () -> Bool

        package init(descriptor: Int32, whenReadable: @escaping () -> Bool) {
            self.descriptor = descriptor
            self.whenReadable = whenReadable
        }
    }

    /// Makes `key` available to clients at `endpoint`.
    ///
    /// `observe` receives errors between clients and key; the key itself reports other events.
    package init(
        _ key: any EmulatedKey,
        at endpoint: KeyEndpoint,
        observe: ((VirtualKeyEvent) -> Void)? = nil
    ) throws(ServeError) {
        self.key = key
        port = try endpoint.open(reportSize: key.settings.reportSize, observe: observe)
    }

    /// Runs until `stop` is readable, then unplugs the key; or until the scenario unplugs it.
    package mutating func run(until stop: Int32, watches: [Watch] = []) throws(ServeError) {
        defer { port.close() }
        var watches = watches
        let powerUp = ContinuousClock.now
        while true {
            let now = ContinuousClock.now - powerUp
            key.tick(at: now)
            try send(at: now)
            guard key.isPluggedIn || !unsent.isEmpty else { return }
            let readable = try wait(for: [stop] + watches.map(\.descriptor), at: now)
            guard !readable.contains(stop) else { return }
            // removeAll would do, but the compiler optimizes it in one of two ways by chance, and builds would differ.
            watches = watches.filter { !readable.contains($0.descriptor) || $0.whenReadable() }
            for report in try port.receive(from: readable) {
                key.receive(report, at: ContinuousClock.now - powerUp)
            }
        }
    }

    /// Sends the key's reports as fast as the port accepts them.
    private mutating func send(at now: Duration) throws(ServeError) {
        for report in key.takeReports() where unsent.isEmpty || !Self.isKeepalive(report) {
            unsent.append(report)
        }
        mustWaitToWrite = false
        while let report = unsent.first, earliestSend <= now {
            guard try port.send(report) else {
                mustWaitToWrite = true
                return
            }
            unsent.removeFirst()
            earliestSend = now + port.pace
        }
    }

    private func wait(for others: [Int32], at now: Duration) throws(ServeError) -> Set<Int32> {
        var interests = (others + (key.acceptsReports ? port.descriptors : [])).map { Poll.Interest(descriptor: $0) }
        var wakeup = key.nextWakeup
        if !unsent.isEmpty, !mustWaitToWrite { wakeup = wakeup.map { min($0, earliestSend) } ?? earliestSend }
        if mustWaitToWrite, let descriptor = port.writeDescriptor {
            interests.append(Poll.Interest(descriptor: descriptor, wantsWriting: true))
        }
        do throws(Errno) {
            return Set(try Poll.wait(for: interests, within: wakeup.map { $0 - now }).readable)
        } catch {
            throw .io(operation: "wait for", path: "clients", reason: error.description)
        }
    }

    /// A KEEPALIVE behind unsent reports is useless, and these may never be read.
    private static func isKeepalive(_ report: [UInt8]) -> Bool {
        report.count > 4 && report[4] == 0xBB
    }
}

/// Where other programs find a virtual key.
package enum KeyEndpoint: Hashable, Sendable {
    /// A HID device of this kernel through /dev/uhid, with a real /dev/hidrawN.
    case uhid(name: String, serialNumber: String)
    /// A SEQPACKET socket that acts as a hidraw node: see `SocketPort`.
    case socket(path: String)
    /// The device node of a HID function of a USB gadget (/dev/hidgN), already bound.
    case gadget(path: String)

    func open(reportSize: Int, observe: ((VirtualKeyEvent) -> Void)?) throws(ServeError) -> any ReportPort {
        switch self {
        case .uhid(let name, let serialNumber):
            try UHIDPort(name: name, serialNumber: serialNumber, reportSize: reportSize)
        case .socket(let path): try SocketPort(path: path, reportSize: reportSize, observe: observe)
        case .gadget(let path): try GadgetPort(path: path, reportSize: reportSize)
        }
    }
}
