/// A request of CTAP1/U2F, which CTAPHID_MSG carries (U2F Raw Message Formats 1.2).
package protocol U2FRequest: Sendable {
    associatedtype Response: Sendable

    /// INS.
    var instruction: UInt8 { get }
    /// P1.
    var control: UInt8 { get }
    var data: [UInt8] { get }
    /// Reads the data of a successful response.
    func response(_ data: [UInt8]) throws(U2FError) -> Response
}

extension U2FRequest {
    /// The request in extended length encoding, which keys on USB must accept; the two zeros at the end ask for the whole
    /// response (§3.1).
    package var apdu: [UInt8] {
        let length = [data.count >> 8, data.count].map { UInt8(truncatingIfNeeded: $0) }
        return [0x00, instruction, control, 0x00, 0x00] + length + data + [0x00, 0x00]
    }

    /// Reads a whole response: its data and its status word.
    package func response(to payload: [UInt8]) throws(U2FError) -> Response {
        guard payload.count >= 2 else { throw .truncated(member: "status word") }
        let status = U2FStatusWord(rawValue: payload.suffix(2).reduce(0) { $0 << 8 | UInt16($1) })
        guard status == .noError else { throw .status(status) }
        return try response(Array(payload.dropLast(2)))
    }
}

/// Makes a credential.
package struct U2FRegisterRequest: U2FRequest, Hashable {
    /// The client data hash, 32 bytes.
    let challenge: [UInt8]
    /// SHA-256 of the RP ID or AppID, 32 bytes.
    let application: [UInt8]

    package init(challenge: [UInt8], application: [UInt8]) {
        self.challenge = challenge
        self.application = application
    }

    /// Asks for a touch; the credential is never used. Some keys with a display know these values and do not show them as
    /// a registration.
    static let forTouch = U2FRegisterRequest(
        challenge: [UInt8](repeating: 0, count: 32),
        application: [UInt8](repeating: 0, count: 32)
    )

    package var instruction: UInt8 { 0x01 }
    package var control: UInt8 { 0x00 }
    package var data: [UInt8] { challenge + application }

    package func response(_ data: [UInt8]) throws(U2FError) -> U2FRegistration { try U2FRegistration(data) }
}

/// Signs with a credential, or asks whether it is the key's.
package struct U2FAuthenticateRequest: U2FRequest, Hashable {
    package enum Control: UInt8, Sendable {
        /// Fails in either case; the status says whether the credential is the key's.
        case checkOnly = 0x07
        /// Signs after a touch.
        case enforceUserPresence = 0x03
        /// Signs at once, since U2F 1.2.
        case dontEnforceUserPresence = 0x08
    }

    let mode: Control
    /// The client data hash, 32 bytes.
    let challenge: [UInt8]
    /// SHA-256 of the RP ID or AppID, 32 bytes.
    let application: [UInt8]
    /// The credential ID, at most 255 bytes.
    let keyHandle: [UInt8]

    package init(_ mode: Control, challenge: [UInt8], application: [UInt8], keyHandle: [UInt8]) {
        self.mode = mode
        self.challenge = challenge
        self.application = application
        self.keyHandle = keyHandle
    }

    package var instruction: UInt8 { 0x02 }
    package var control: UInt8 { mode.rawValue }
    package var data: [UInt8] {
        challenge + application + [UInt8(truncatingIfNeeded: keyHandle.count)] + keyHandle
    }

    package func response(_ data: [UInt8]) throws(U2FError) -> U2FAuthentication { try U2FAuthentication(data) }

    /// The longest credential ID, whose length is one byte.
    static let maximumKeyHandleLength = 255
}

/// Asks for the version of U2F.
package struct U2FVersionRequest: U2FRequest, Hashable {
    package init() {}

    package var instruction: UInt8 { 0x03 }
    package var control: UInt8 { 0x00 }
    package var data: [UInt8] { [] }

    package func response(_ data: [UInt8]) -> String { String(decoding: data, as: UTF8.self) }
}
