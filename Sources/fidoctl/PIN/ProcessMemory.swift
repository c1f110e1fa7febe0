import CProcess

/// Who may look into this process's memory.
enum ProcessMemory {
    /// From now on nobody but root: no core dump is written, and no debugger of the same user is let in.
    static func protect() {
        _ = process_set_dumpable(0)
    }
}
