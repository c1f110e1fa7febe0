import CTAP2
import Interaction

/// Whether there are keys, and if not, what is the most probable reason.
struct KeyPresence {
    let surroundings: Surroundings
    let confinement: Confinement
    let session: LoginSession

    func finding(_ keys: [KeyDescription]) -> Finding {
        guard keys.isEmpty else { return .ok(.keys, .keysFound(keys.count)) }
        if confinement.isWSL {
            return .problem(.keys, .wsl, .noKeyInWSL, step: .wslStep)
        }
        if let snap = confinement.snap {
            let command = ShellCommands.connect(snap: snap)
            return .problem(.keys, .snap, .noKeyInSnap(snap), step: .snapStep(snap), commands: [command])
        }
        let kernel = Kernel(surroundings)
        if !kernel.hasHidraw { return kernel.finding.about(.keys) }
        if let device = USBDevice.keysWithoutInterface(in: surroundings).first {
            return .problem(.keys, .noInterface, .noFIDOInterface(device.name), step: .noInterfaceStep(device.maker))
        }
        let step: Text = session.remoteAddress == nil ? .noKeyStep : .noKeyRemoteStep
        return .problem(.keys, .noKey, .noKey, step: step)
    }
}

/// The kernel's support for hidraw.
struct Kernel {
    private let surroundings: Surroundings
    private let release: String

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
        release = TerminalText.escape(surroundings.text("/proc/sys/kernel/osrelease") ?? "?")
    }

    /// The class exists, without any device, from when the driver is loaded.
    var hasHidraw: Bool { surroundings.exists("/sys/class/hidraw") }

    var finding: Finding {
        if hasHidraw { return .ok(.kernel, .kernelHasHidraw(release)) }
        guard surroundings.exists("/sys/class") else { return .unknown(.kernel, .noSys) }
        let isBuilt = surroundings.lines("/boot/config-\(release)").contains("CONFIG_HIDRAW=y")
        return .problem(
            .kernel,
            .noHidraw,
            isBuilt ? .hidrawNotLoaded(release) : .noHidraw(release),
            step: isBuilt ? .loadHidraw : .otherKernel,
            commands: isBuilt ? [ShellCommands.loadHIDModules] : []
        )
    }
}

extension Finding {
    /// The same as the result of another check.
    fileprivate func about(_ check: Check) -> Finding {
        var finding = self
        finding.check = check
        return finding
    }
}

/// A USB device of a maker of security keys.
struct USBDevice: Sendable {
    /// USB's numbers of makers that make little else (from the list in libfido2's udev/70-u2f.rules).
    private static let makers = [
        "1050": "Yubico", "096e": "Feitian", "2ccf": "Hypersecu", "2581": "Happlink", "1e0d": "Neowave",
        "2abe": "Bluink",
        "1ea8": "Thetis",
    ]

    let maker: String
    /// Maker and product, escaped.
    let name: String

    /// Those that are plugged in. The caller knows that none of them offers FIDO.
    static func keysWithoutInterface(in surroundings: Surroundings) -> [USBDevice] {
        let folder = "/sys/bus/usb/devices"
        return surroundings.names(in: folder).compactMap { device in
            guard let maker = makers[surroundings.text("\(folder)/\(device)/idVendor") ?? ""] else { return nil }
            let product = surroundings.text("\(folder)/\(device)/product") ?? device
            return USBDevice(
                maker: maker,
                name: TerminalText.escape(product.hasPrefix(maker) ? product : "\(maker) \(product)")
            )
        }
    }
}
