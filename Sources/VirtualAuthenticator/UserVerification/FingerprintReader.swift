import CTAP2

/// An enrolled finger.
struct EnrolledFinger: Hashable, Sendable {
    var id: [UInt8]
    var name = ""
}

extension EnrolledFinger {
    /// The initial finger of a key that is made with one.
    static let first = EnrolledFinger(id: [0x01], name: "Finger 1")

    var cbor: CBORMap {
        [0x01: .bytes(id), 0x02: .text(name)]
    }

    init(cbor map: CBORMap) throws(CBORError) {
        id = try map.required(0x01, "template id", \.bytes)
        name = try map.required(0x02, "template name", \.text)
    }
}

/// The sensor's volatile state during an enrolment.
struct FingerprintReader {
    /// The current enrolment.
    var enrollment: Enrollment?
    /// The results of the next samples; later ones are good.
    private var statuses: ArraySlice<UInt8>

    struct Enrollment {
        var id: [UInt8]
        /// The number of good samples that are still needed.
        var remaining: Int
    }

    /// Values of lastEnrollSampleStatus (CTAP 2.1 §6.7.4).
    static let good: UInt8 = 0x00
    static let noUserActivity: UInt8 = 0x0D

    init(statuses: [UInt8]) {
        self.statuses = statuses[...]
    }

    mutating func takeSample() -> UInt8 {
        let status = statuses.popFirst() ?? Self.good
        if status == Self.good { enrollment?.remaining -= 1 }
        return status
    }
}
