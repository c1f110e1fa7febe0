/// A command of U2F in the extended length encoding (U2F Raw Message Formats 1.2 §3.1).
struct APDU: Hashable {
    var instruction: UInt8
    /// P1.
    var control: UInt8
    var data: [UInt8] = []

    /// Reads `CLA INS P1 P2`, then a zero with the length and the data if there are any, then perhaps Le, which is ignored.
    init(_ bytes: [UInt8]) throws(U2FStatus) {
        guard bytes.count >= 4 else { throw .wrongLength }
        guard bytes[0] == 0 else { throw .classNotSupported }
        instruction = bytes[1]
        control = bytes[2]
        let body = bytes.dropFirst(4)
        guard let first = body.first else { return }
        guard first == 0, body.count >= 3 else { throw .wrongLength }
        // Without data these two bytes may also be Le.
        let length = body.dropFirst().prefix(2).reduce(0) { $0 << 8 | Int($1) }
        let rest = body.dropFirst(3)
        guard !rest.isEmpty else { return }
        guard rest.count == length || rest.count == length + 2 else { throw .wrongLength }
        data = Array(rest.prefix(length))
    }
}
