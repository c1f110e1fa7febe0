import Glibc

/// The owner of a device node, as shown by `ls -l`.
package enum UnixOwner {
    /// `user:group`, by name if the system knows one.
    package static func description(user: UInt32, group: UInt32) -> String {
        let userName = unsafe getpwuid(user).flatMap { unsafe String(validatingCString: $0.pointee.pw_name) }
        let groupName = unsafe getgrgid(group).flatMap { unsafe String(validatingCString: $0.pointee.gr_name) }
        return (userName ?? String(user)) + ":" + (groupName ?? String(group))
    }

    /// Permission bits in four octal digits.
    package static func octal(_ mode: UInt32) -> String {
        let digits = String(mode & 0o7777, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
