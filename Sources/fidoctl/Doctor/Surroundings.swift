import CProcess
import CTAPHID
import Glibc
import Interaction

/// What `doctor` examines besides the keys: files below a root folder, and this process's identity and environment.
struct Surroundings: Sendable {
    /// The folder that contains `/sys`, `/dev`, `/proc`, `/run` and `/etc`; empty for the system's own.
    var root = ""
    var userID: UInt32
    /// All groups of this process.
    var groupIDs: Set<UInt32>
    /// An environment variable; `nil` if it is unset or empty.
    var variable: @Sendable (String) -> String?
    /// In seconds since 1970.
    var now: Int

    /// Those of this process.
    static var current: Surroundings {
        Surroundings(
            userID: geteuid(),
            groupIDs: Set(supplementaryGroups + [getegid()]),
            variable: Environment.nonEmptyVariable,
            now: time(nil)
        )
    }

    private static var supplementaryGroups: [UInt32] {
        let count = getgroups(0, nil)
        guard count > 0 else { return [] }
        var groups = [gid_t](repeating: 0, count: Int(count))
        let found = unsafe getgroups(count, &groups)
        return Array(groups.prefix(max(0, Int(found))))
    }
}

extension Surroundings {
    /// The most bytes that are read of a file: rules and process lists are far shorter.
    private static let limit = 1 << 18

    /// A file's text without the final line feed; `nil` if it cannot be read.
    func text(_ path: String) -> String? {
        guard var bytes = FileSystem.contents(of: root + path, limit: Self.limit) else { return nil }
        while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    func lines(_ path: String) -> [Substring] {
        text(path)?.split(separator: "\n") ?? []
    }

    /// The lines `NAME=value` of a file.
    func assignments(_ path: String) -> [String: String] {
        var values: [String: String] = [:]
        for line in lines(path) {
            if let (name, value) = Self.assignment(line) { values[name] = value }
        }
        return values
    }

    /// The parts of `NAME=value`.
    static func assignment(_ line: Substring) -> (name: String, value: String)? {
        let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }

    /// A file in sysfs of a hidraw node such as `/dev/hidraw0`.
    func sysfs(_ file: String, ofNode path: String) -> String? {
        text("/sys/class/hidraw/\(path.split(separator: "/").last ?? "")/\(file)")
    }

    /// The names in a folder, in order; empty if it cannot be read.
    func names(in path: String) -> [String] {
        FileSystem.names(in: root + path).sorted()
    }

    func exists(_ path: String) -> Bool {
        status(of: path) != nil
    }

    /// `nil` if there is no such file, or its folder may not be searched.
    func status(of path: String) -> stat? {
        try? FileSystem.status(of: root + path).get()
    }

    func linkTarget(of path: String) -> String? {
        FileSystem.linkTarget(of: root + path)
    }

    /// An extended attribute; `nil` if the file has none of that name.
    func attribute(_ name: String, of path: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = unsafe getxattr(root + path, name, &bytes, bytes.count)
        return count < 0 ? nil : Array(bytes.prefix(count))
    }
}

extension Surroundings {
    /// The user's login name, or number.
    func userName(_ id: UInt32) -> String {
        name(id, in: "/etc/passwd") ?? String(id)
    }

    /// A group's name, or number.
    func groupName(_ id: UInt32) -> String {
        name(id, in: "/etc/group") ?? String(id)
    }

    /// The group with this name, and whether the user is listed as a member.
    func group(named name: String) -> (id: UInt32, hasUser: Bool)? {
        for line in lines("/etc/group") {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            guard fields.count == 4, fields[0] == name, let id = UInt32(fields[2]) else { continue }
            return (id, fields[3].split(separator: ",").contains(Substring(userName(userID))))
        }
        return nil
    }

    /// The first field of the line whose third is `id`.
    private func name(_ id: UInt32, in file: String) -> String? {
        for line in lines(file) {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            if fields.count > 2, fields[2] == String(id) { return TerminalText.escape(String(fields[0])) }
        }
        return nil
    }
}
