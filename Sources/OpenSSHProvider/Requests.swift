import Crypto

/// A key to be made.
package struct EnrollRequest: Sendable {
    let type: KeyType
    let challenge: [UInt8]
    let application: String
    let flags: KeyFlags
    let options: CallOptions

    package init(
        type: KeyType,
        challenge: [UInt8],
        application: String,
        flags: KeyFlags,
        options: CallOptions
    ) {
        self.type = type
        self.challenge = challenge
        self.application = application
        self.flags = flags
        self.options = options
    }
}

/// Data to be signed.
package struct SignRequest: Sendable {
    let type: KeyType
    let data: [UInt8]
    let application: String
    let keyHandle: [UInt8]
    let flags: KeyFlags
    let options: CallOptions

    package init(
        type: KeyType,
        data: [UInt8],
        application: String,
        keyHandle: [UInt8],
        flags: KeyFlags,
        options: CallOptions
    ) {
        self.type = type
        self.data = data
        self.application = application
        self.keyHandle = keyHandle
        self.flags = flags
        self.options = options
    }
}

/// A new key, and its attestation as far as the security key made one.
package struct EnrolledKey: Hashable, Sendable {
    package let publicKey: [UInt8]
    package let keyHandle: [UInt8]
    package let signature: [UInt8]
    package let certificate: [UInt8]
    /// Authenticator data as a CBOR byte string.
    package let authenticatorData: [UInt8]
}

package struct Signature: Hashable, Sendable {
    package let flags: UInt8
    package let counter: UInt32
    package let r: [UInt8]
    package let s: [UInt8]
}

/// A key that a security key stores.
package struct ResidentKey: Hashable, Sendable {
    package let type: KeyType
    package let application: String
    package let publicKey: [UInt8]
    package let keyHandle: [UInt8]
    package let userID: [UInt8]
    package let flags: KeyFlags
}

/// The client data hash of this interface: there are no client data.
func clientDataHash(_ bytes: [UInt8]) -> [UInt8] {
    Array(SHA256.hash(data: bytes))
}
