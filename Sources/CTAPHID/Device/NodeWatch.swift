import Glibc

/// The kernel's events for device nodes that appear, vanish or change permissions. Unlike udevd's they also arrive in
/// containers.
struct NodeWatch: ~Copyable {
    /// Readable when events are pending; -1 when the folder cannot be watched.
    let descriptor: CInt

    init(folder: String) {
        let watch = inotify_init1(CInt(IN_NONBLOCK) | CInt(IN_CLOEXEC))
        let events = IN_CREATE | IN_DELETE | IN_ATTRIB | IN_MOVED_FROM | IN_MOVED_TO
        guard watch >= 0, unsafe inotify_add_watch(watch, folder, UInt32(events)) >= 0 else {
            if watch >= 0 { _ = close(watch) }
            descriptor = -1
            return
        }
        descriptor = watch
    }

    deinit {
        if descriptor >= 0 { _ = close(descriptor) }
    }

    /// Discards the pending events: the caller reads the current state from sysfs.
    func drain() {
        var events = [UInt8](repeating: 0, count: 4096)
        while unsafe read(descriptor, &events, events.count) > 0 {}
    }
}
