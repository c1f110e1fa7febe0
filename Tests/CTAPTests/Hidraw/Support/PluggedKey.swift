import Glibc

/// A key in a test bed: its process and its packet log.
struct PluggedKey: Sendable {
    let bed: Testbed
    let server: Program
    /// N of /dev/hidrawN.
    let number: Int

    var path: String { "/dev/hidraw\(number)" }
    /// The packets so far.
    var wire: WireLog { WireLog(lines: server.errors.lines) }

    /// The user's answer, for a key that serves with `--touch ask`.
    func touch() {
        server.write("y")
    }

    /// The packets, once the key has read everything that was written to it.
    func finalWire() async throws -> WireLog {
        let probe = try bed.fidoctl("ping", "--device", path)
        guard try await probe.end() == .exit(0) else { throw WaitedInVain(log: probe.errors, reason: "no PING") }
        return wire.withoutLastClient
    }

    /// Unplugs the key: ends its process, which closes its connections and removes its device.
    func unplug() async throws {
        await server.stop(by: SIGTERM)
        if Testbed.usesKernel {
            try await eventually("\(path) is gone") { unsafe access(path, F_OK) != 0 }
        } else {
            try await TestbedCommands.shared.run("unplug", [bed.folder, String(number)])
        }
    }

    /// Whether a program holds the key's lock, as fidoctl and libfido2 do while the key is open.
    var isLocked: Bool {
        guard let file = openLock() else { return false }
        defer { close(file) }
        return flock(file, LOCK_EX | LOCK_NB) != 0
    }

    /// Locks the key like another program; closing the descriptor unlocks it.
    func lock() throws -> Int32 {
        guard let file = openLock(), flock(file, LOCK_EX | LOCK_NB) == 0 else {
            throw ProgramError(call: "lock \(path)", number: errno)
        }
        return file
    }

    private func openLock() -> Int32? {
        let file =
            Testbed.usesKernel
            ? unsafe open(path, O_RDWR | O_CLOEXEC)
            : unsafe open("\(bed.folder)/locks/hidraw\(number)", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        return file >= 0 ? file : nil
    }
}

/// Waits for a condition without an event: polls every few milliseconds, for at most 30 s, in the virtual machine longer.
func eventually(_ what: String, _ isSo: () -> Bool) async throws {
    let end = ContinuousClock.now.advanced(by: Testbed.bound(30))
    while !isSo() {
        guard ContinuousClock.now < end else { throw NeverSo(what: what) }
        try await Task.sleep(for: .milliseconds(5))
    }
}

/// A test waited for a condition in vain.
struct NeverSo: Error {
    let what: String
}
