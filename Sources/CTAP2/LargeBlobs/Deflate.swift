import CZlib

/// The compression of large blobs: DEFLATE (RFC 1951).
enum Deflate {
    /// Compresses into a raw DEFLATE stream, without zlib's header; `nil` if zlib runs out of memory.
    static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = unsafe z_stream()
        let isReady = unsafe deflateInit2_(
            &stream,
            Z_DEFAULT_COMPRESSION,
            Z_DEFLATED,
            rawWindow,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            CInt(MemoryLayout<z_stream>.size)
        )
        guard isReady == Z_OK else { return nil }
        defer { _ = unsafe deflateEnd(&stream) }
        let bound = unsafe deflateBound(&stream, uLong(bytes.count))
        let (output, end) = unsafe run(&stream, over: bytes, room: Int(bound)) { unsafe deflate($0, Z_FINISH) }
        return end == Z_STREAM_END ? output : nil
    }

    /// Decompresses data; `nil` unless the result is exactly `byteCount` bytes long.
    ///
    /// Also accepts two deviations of other programs: a zlib header (libfido2 reads both forms) and a missing final
    /// block (Yubico's .NET SDK). Never decompresses more than one byte beyond `byteCount`.
    static func decompress(_ compressed: [UInt8], byteCount: Int) -> [UInt8]? {
        for window in [rawWindow, zlibWindow] {
            if let bytes = decompress(compressed, byteCount: byteCount, window: window) { return bytes }
        }
        return nil
    }

    private static func decompress(_ compressed: [UInt8], byteCount: Int, window: CInt) -> [UInt8]? {
        var stream = unsafe z_stream()
        let size = unsafe CInt(MemoryLayout<z_stream>.size)
        guard unsafe inflateInit2_(&stream, window, ZLIB_VERSION, size) == Z_OK else { return nil }
        defer { _ = unsafe inflateEnd(&stream) }
        let (output, end) = unsafe run(&stream, over: compressed, room: byteCount + 1) {
            unsafe inflate($0, Z_SYNC_FLUSH)
        }
        let isWhole = [Z_OK, Z_STREAM_END, Z_BUF_ERROR].contains(end)
        return isWhole && output.count == byteCount ? output : nil
    }

    /// zlib's values for the largest window: negative for raw DEFLATE, positive for a zlib header.
    private static let rawWindow = -MAX_WBITS
    private static let zlibWindow = MAX_WBITS

    /// Makes one call to zlib, with all of the input and room for `room` bytes of output; returns the output and zlib's
    /// result.
    private static func run(
        _ stream: UnsafeMutablePointer<z_stream>,
        over input: [UInt8],
        room: Int,
        _ call: (UnsafeMutablePointer<z_stream>) -> CInt
    ) -> (output: [UInt8], end: CInt) {
        // zlib only reads its input, but its type does not say so.
        var input = input
        var end = Z_OK
        let output = unsafe [UInt8](unsafeUninitializedCapacity: room) { output, count in
            unsafe input.withUnsafeMutableBufferPointer { input in
                unsafe stream.pointee.next_in = input.baseAddress
                unsafe stream.pointee.avail_in = uInt(clamping: input.count)
                unsafe stream.pointee.next_out = output.baseAddress
                unsafe stream.pointee.avail_out = uInt(clamping: room)
                end = unsafe call(stream)
                count = room - Int(unsafe stream.pointee.avail_out)
            }
        }
        return (output, end)
    }
}
