import CUdev
import Glibc

/// udevd's events for hidraw devices, which are sent once a node has its permissions.
@safe struct UdevMonitor: ~Copyable {
    private let udev: OpaquePointer?
    private let monitor: OpaquePointer?
    /// Readable when events are pending; -1 where udev cannot be monitored, as in some containers.
    let descriptor: CInt

    init() {
        unsafe udev = udev_new()
        unsafe monitor = udev_monitor_new_from_netlink(udev, "udev")
        unsafe udev_monitor_filter_add_match_subsystem_devtype(monitor, "hidraw", nil)
        descriptor = unsafe udev_monitor_enable_receiving(monitor) >= 0 ? unsafe udev_monitor_get_fd(monitor) : -1
    }

    deinit {
        _ = unsafe udev_monitor_unref(monitor)
        _ = unsafe udev_unref(udev)
    }

    /// Discards the pending events: the caller reads the current state from sysfs.
    func drain() {
        while let device = unsafe udev_monitor_receive_device(monitor) {
            _ = unsafe udev_device_unref(device)
        }
    }
}
