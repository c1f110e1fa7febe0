/// How other programs find a virtual key.
public enum KeyEndpoint: Hashable, Sendable {
    /// A HID device of this kernel through /dev/uhid, which makes a real /dev/hidrawN.
    case uhid(name: String, serialNumber: String)
    /// A SEQPACKET socket that speaks as a hidraw node does: see `SocketPort`.
    case socket(path: String)
    /// The device node of a HID function of a USB gadget (/dev/hidgN), already bound.
    case gadget(path: String)

    func open(reportSize: Int) throws(ServeError) -> any ReportPort {
        switch self {
        case .uhid(let name, let serialNumber):
            try UHIDPort(name: name, serialNumber: serialNumber, reportSize: reportSize)
        case .socket(let path): try SocketPort(path: path, reportSize: reportSize)
        case .gadget(let path): try GadgetPort(path: path, reportSize: reportSize)
        }
    }
}
