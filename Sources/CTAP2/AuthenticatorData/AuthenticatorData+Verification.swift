extension AuthenticatorData {
    /// Whether `signature` is an assertion over this data, made with the credential's key (WebAuthn §7.2 step 21).
    ///
    /// Only the signature is looked at: flags, RP ID hash and counter are for the caller to judge.
    public func verify(
        signature: [UInt8],
        clientDataHash: [UInt8],
        publicKey: COSEKey
    ) throws(COSEKeyError) -> Bool {
        try publicKey.verify(signature: signature, over: bytes + clientDataHash)
    }
}
