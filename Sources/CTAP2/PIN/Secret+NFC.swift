extension Secret {
    /// The text in Unicode's normalization form C.
    ///
    /// Text that is in this form already, as nearly all PINs are, is copied from secret to secret. Other text passes through
    /// a `String`, whose memory cannot be wiped.
    func normalizedToNFC() throws(PINError) -> Secret {
        try withExposedBytes { bytes throws(PINError) in
            var text: UTF8Span
            do throws(UTF8.ValidationError) {
                text = try UTF8Span(validating: bytes)
            } catch {
                throw .notText
            }
            if text.checkForNFC(quickCheck: false) {
                return Secret(copying: bytes)
            }
            var normalized: [UInt8] = []
            normalized.reserveCapacity(2 * bytes.count)
            String(copying: text)._withNFCCodeUnits { normalized.append($0) }
            return Secret(wiping: &normalized)
        }
    }

    /// Copies the bytes of a span.
    private init(copying bytes: Span<UInt8>) {
        unsafe self.init(count: bytes.count) { room in
            for index in bytes.indices {
                unsafe room[index] = bytes[index]
            }
        }
    }
}
