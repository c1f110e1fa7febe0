/// What a TPM signs about a key, a TPMS_ATTEST (TPM 2.0 Part 2 §10.12.8).
struct TPMCertificationInfo {
    /// The data that the caller had included.
    let extraData: [UInt8]
    /// The name of the certified key.
    let name: [UInt8]

    /// Throws unless a TPM made the structure, to certify a key.
    init(_ bytes: [UInt8]) throws(TPMStatementError) {
        var reader = TPMReader(bytes, member: "certInfo")
        // TPM_GENERATED_VALUE: TPMs refuse to sign other data that begins with it.
        guard try reader.bytes(4) == [0xFF, 0x54, 0x43, 0x47] else { throw .magic }
        // TPM_ST_ATTEST_CERTIFY
        guard try reader.uint16() == 0x8017 else { throw .type }
        _ = try reader.sized()  // qualifiedSigner
        extraData = try reader.sized()
        _ = try reader.bytes(17 + 8)  // clockInfo, firmwareVersion
        name = try reader.sized()
        _ = try reader.sized()  // qualifiedName
        try reader.end()
    }
}
