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
            text: Text(
                "it sends no KEEPALIVE, and fails if it is touched after more than two or three seconds",
                "KEEPALIVE を送らず、2、3 秒より遅いタッチでは失敗します"
            ),
            source: "solokeys/solo1#201"
        ),
        FirmwareQuirk(
            vendorID: 0x20A0,
            productID: 0x42B1,
            text: Text(
                "its getInfo response is not canonical CBOR, so some browsers use it as a U2F key only",
                "getInfo の応答が正規形の CBOR ではなく、U2F キーとしてしか使わないブラウザーがあります"
            ),
            source: "Nitrokey/nitrokey-fido2-firmware#73"
        ),
        FirmwareQuirk(
            vendorID: 0x20A0,
            productID: 0x42B2,
            text: Text(
                "after a cancel it may be busy for a moment",
                "キャンセルの直後は、しばらく応じないことがあります"
            ),
            source: "Nitrokey/nitrokey-3-firmware#47"
        ),
        FirmwareQuirk(
            vendorID: 0x1209,
            productID: 0xBEEE,
            text: Text(
                "after a cancel it may be busy for a moment",
                "キャンセルの直後は、しばらく応じないことがあります"
            ),
            source: "trussed-dev/fido-authenticator#13"
        ),
    ]
}
