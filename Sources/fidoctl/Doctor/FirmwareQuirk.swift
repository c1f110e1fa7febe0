import CTAPHID
import Interaction

/// A known defect of a model's firmware.
struct FirmwareQuirk: Sendable {
    /// USB's numbers of the model.
    let vendorID: UInt16
    let productID: UInt16
    let text: Text
    /// Where it was reported.
    let source: String

    func concerns(_ device: HIDDeviceInfo) -> Bool {
        device.vendorID == vendorID && device.productID == productID
    }

    /// fidoctl copes with all of them; other programs do not.
    static let all = [
        FirmwareQuirk(
            vendorID: 0x0483,
            productID: 0xA2CA,
            text: .slowTouchFails,
            source: "solokeys/solo1#201"
        ),
        FirmwareQuirk(
            vendorID: 0x20A0,
            productID: 0x42B1,
            text: .infoIsNotCanonical,
            source: "Nitrokey/nitrokey-fido2-firmware#73"
        ),
        FirmwareQuirk(
            vendorID: 0x20A0,
            productID: 0x42B2,
            text: .busyAfterCancel,
            source: "Nitrokey/nitrokey-3-firmware#47"
        ),
        FirmwareQuirk(
            vendorID: 0x1209,
            productID: 0xBEEE,
            text: .busyAfterCancel,
            source: "trussed-dev/fido-authenticator#13"
        ),
    ]
}
