import CUdev
import Glibc

/// udevd's announcements of hidraw devices, which come when a node's permissions are set.
@safe struct UdevMonitor: ~Copyable {
    private let udev: OpaquePointer?
    private let monitor: OpaquePointer?
    /// Readable when there is something to hear; -1 where udev cannot be listened to, as in some containers.
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

    /// Takes note of what was announced; what there is now is then read from sysfs.
    func hear() {
        while let device = unsafe udev_monitor_receive_device(monitor) {
            _ = unsafe udev_device_unref(device)
        }
    }
}
