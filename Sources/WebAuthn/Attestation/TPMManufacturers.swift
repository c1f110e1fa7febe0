/// The manufacturers of TPMs (TCG Vendor ID Registry, July 2026): four characters each, in hexadecimal.
enum TPMManufacturers {
    static let identifiers = Set(vendors + examples)

    private static let vendors = [
        "ID:414D4400",  // AMD
        "ID:414E5400",  // Ant Group
        "ID:41544D4C",  // Atmel
        "ID:4252434D",  // Broadcom
        "ID:4353434F",  // Cisco
        "ID:464C5953",  // Flyslice
        "ID:474F4F47",  // Google
        "ID:48495349",  // Huawei
        "ID:48504500",  // HPE
        "ID:48504900",  // HPI
        "ID:49424D00",  // IBM
        "ID:49465800",  // Infineon
        "ID:494E5443",  // Intel
        "ID:4C454E00",  // Lenovo
        "ID:4D534654",  // Microsoft
        "ID:4E534700",  // NSING
        "ID:4E534D20",  // National Semiconductor
        "ID:4E544300",  // Nuvoton
        "ID:4E545A00",  // Nationz
        "ID:51434F4D",  // Qualcomm
        "ID:524F4343",  // Rockchip
        "ID:53454345",  // SecEdge
        "ID:5345414C",  // Wisekey
        "ID:534D5343",  // SMSC
        "ID:534D534E",  // Samsung
        "ID:534E5300",  // Sinosun
        "ID:53544D20",  // STMicroelectronics
        "ID:54584E00",  // Texas Instruments
        "ID:57454300",  // Winbond
    ]

    /// Those of the examples in WebAuthn §16 and of FIDO's conformance tests. No vendor has them, and only a test root
    /// certifies them.
    private static let examples = ["ID:00000000", "ID:FFFFF1D0"]
}
