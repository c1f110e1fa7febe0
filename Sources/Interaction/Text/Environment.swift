import Glibc

/// The process's environment.
package enum Environment {
    /// A variable's value; `nil` when it is not set or not UTF-8.
    package static func variable(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(validatingCString: value)
    }

    /// A variable's value unless it is unset, empty or not UTF-8.
    package static func nonEmptyVariable(_ name: String) -> String? {
        variable(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether a variable is set to bytes that are not UTF-8, so that `variable` cannot give its value.
    package static func isMalformed(_ name: String) -> Bool {
        guard let value = unsafe getenv(name) else { return false }
        return unsafe String(validatingCString: value) == nil
    }

    /// Whether a file descriptor is a terminal.
    package static func isTerminal(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1
    }
}
