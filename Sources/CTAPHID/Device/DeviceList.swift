import Glibc
import Platform

/// The plugged security keys. Listing them opens no device and sends nothing.
public enum DeviceList {
    /// All FIDO keys that the kernel knows, including those that this process may not open.
    public static func scan() -> [HIDDeviceInfo] {
        HidrawNode.all().compactMap { node in try? node.securityKey() }
    }

    /// The key whose device node is at `path`, which may also be a link to it.
    ///
    /// Throws `.noSuchDevice`, `.permissionDenied` (for a folder of the path) or `.notASecurityKey`. Whether the node
    /// itself can be opened is in the result's `access`.
    public static func device(at path: String) throws(CTAPHIDError) -> HIDDeviceInfo {
        let node = try node(at: path)
        do throws(ReportDescriptorError) {
            return try node.securityKey()
        } catch {
            throw .notASecurityKey(path: path, reason: reason(error, node))
        }
    }

    /// The device node of the key at `path`, which may also be a link to it, without reading more about the key. Throws the
    /// errors of `device(at:)`.
    package static func node(ofKeyAt path: String) throws(CTAPHIDError) -> String {
        if HidrawNode.isSecurityKey(at: path) { return path }
        let node = try node(at: path)
        do throws(ReportDescriptorError) {
            _ = try node.reportDescriptor()
            return node.path
        } catch {
            throw .notASecurityKey(path: path, reason: reason(error, node))
        }
    }

    private static func node(at path: String) throws(CTAPHIDError) -> HidrawNode {
        let status: stat
        switch FileSystem.status(of: path) {
        case .success(let found): status = found
        case .failure(let error): throw openError(error, path: path, operation: "stat")
        }
        guard status.st_mode & S_IFMT == S_IFCHR else {
            throw .notASecurityKey(path: path, reason: "it is \(kind(of: status))")
        }
        guard let node = HidrawNode.all().first(where: { $0.isNode(status) }) else {
            throw .notASecurityKey(path: path, reason: "it is not a hidraw device")
        }
        return node
    }

    /// The error for a failed system call on the path.
    static func openError(_ error: Errno, path: String, operation: String) -> CTAPHIDError {
        switch error.code {
        case ENOENT, ENOTDIR, ENODEV, ENXIO: .noSuchDevice(path: path)
        case EACCES, EPERM: .permissionDenied(path: path)
        case EBUSY: .inUse(path: path)
        default: .io(operation: "\(operation) \(path)", reason: error.description)
        }
    }

    private static func kind(of status: stat) -> String {
        switch status.st_mode & S_IFMT {
        case S_IFDIR: "a folder"
        case S_IFREG: "an ordinary file"
        case S_IFBLK: "a block device"
        case S_IFIFO: "a pipe"
        case S_IFSOCK: "a socket"
        default: "not a device"
        }
    }

    private static func reason(_ error: ReportDescriptorError, _ node: HidrawNode) -> String {
        let isFIDO = "it is the FIDO device \(node.hidName)"
        return switch error {
        case .notFIDO, .truncated, .unbalanced: "it is \(node.hidName), which is not a FIDO device"
        case .numberedReports: "\(isFIDO), with numbered reports, which CTAPHID does not allow"
        case .reportSize(let input, let output):
            "\(isFIDO), with reports of \(input) and \(output) bytes, which cannot carry CTAPHID"
        }
    }
}
