import Glibc

extension Secret {
    /// The text in Unicode's normalization form C.
    ///
    /// Text already in this form, as nearly all PINs are, is copied from secret to secret. Other text passes through a
    /// `String`, which is overwritten; single characters may remain in the standard library's buffers.
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
            var composed = String(copying: text)
            composed._withNFCCodeUnits { normalized.append($0) }
            composed.wipe()
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

extension String {
    /// Overwrites the characters; the string must not share its storage.
    fileprivate mutating func wipe() {
        withUTF8 { bytes in
            guard let start = bytes.baseAddress else { return }
            unsafe explicit_bzero(UnsafeMutableRawPointer(mutating: start), bytes.count)
        }
        self = ""
    }
}
