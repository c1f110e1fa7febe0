import CTAPHID
import Testing

@Suite struct HIDDeviceInfoTests {
    @Test(
        arguments: [
            ("Yubico", "YubiKey OTP+FIDO+CCID", "Yubico YubiKey OTP+FIDO+CCID"),
            ("Yubico", "Yubico Security Key", "Yubico Security Key"),
            (nil, "Software Key", "Software Key"), ("Feitian", nil, "Feitian"), ("Feitian", "", "Feitian"),
            (nil, nil, "security key 1209:000f"), ("", "", "security key 1209:000f"),
        ] as [(String?, String?, String)]
    )
    func `a key is named by manufacturer and product, or by its numbers`(
        manufacturer: String?,
        product: String?,
        name: String
    ) {
        let info = HIDDeviceInfo(
            path: "/dev/hidraw0",
            vendorID: 0x1209,
            productID: 0xF,
            manufacturer: manufacturer,
            product: product
        )
        #expect(info.displayName == name)
    }
}
