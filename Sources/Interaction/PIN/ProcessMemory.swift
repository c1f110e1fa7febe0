import CProcess

/// Access to this process's memory.
package enum ProcessMemory {
    /// Restricts it to root from now on: no core dumps, and no debuggers of the same user.
    package static func protect() {
        _ = process_set_dumpable(0)
    }
}
