internal import CTAP2
import SwiftASN1

extension AttestationObject {
    /// WebAuthn §8.4: a certificate for the credential's key from Android's Keystore, with a description of the key.
    func verifyAndroidKey(
        _ credential: AttestedCredentialData,
        clientDataHash: [UInt8]
    ) throws(AttestationError) -> AttestationType {
        let statement = try statementMap()
        let (algorithm, signature) = try statement.algorithmAndSignature()
        let (x5c, leaf) = try statement.certificateChain()
        let signed = authData.bytes + clientDataHash
        guard try leaf.verifyStatement(signature, over: signed, algorithm: algorithm) else {
            return .unverified(.algorithm(algorithm))
        }
        guard leaf.certifies(credential.publicKey) else { throw .otherKey }
        do throws(AndroidKeyError) {
            try AndroidKeyDescription(leaf.fields).check(challenge: clientDataHash)
        } catch {
            throw .androidKey(error)
        }
        return .certified(x5c: x5c)
    }
}

/// The part of Android's KeyDescription that WebAuthn checks (WebAuthn §8.4.1).
private struct AndroidKeyDescription {
    let challenge: [UInt8]
    /// `softwareEnforced` and `teeEnforced`: lists of fields, each with its number as the tag.
    let lists: [[ASN1Node]]

    init(_ certificate: X509Fields) throws(AndroidKeyError) {
        guard let value = certificate.only([1, 3, 6, 1, 4, 1, 11129, 2, 1, 17])?.value,
            let members = try? BER.parse(value).elements(.sequence), members.count >= 8,
            let challenge = members[4].primitive(.octetString)
        else { throw .malformed }
        self.challenge = challenge
        lists = members[6...7].compactMap { $0.elements(.sequence) }
        guard lists.count == 2 else { throw .malformed }
    }

    /// The values of the field with this number, in either list.
    private func values(_ field: UInt) -> [ASN1Node?] {
        lists.joined().filter { $0.identifier == .context(field) }.map { $0.elements(.context(field))?.first }
    }

    /// Throws unless the key was made for this registration, on the device, for signing only and for one app.
    ///
    /// `origin` and `purpose` may be in either list. They may also be absent, as in the specification's own example; real
    /// devices state both.
    func check(challenge expected: [UInt8]) throws(AndroidKeyError) {
        guard challenge == expected else { throw .challenge }
        guard values(600).isEmpty else { throw .allApplications }
        guard values(702).allSatisfy({ $0?.primitive(.integer) == [Self.generated] }) else { throw .origin }
        let purposes = values(1).map { $0?.elements(.set)?.map { $0.primitive(.integer) } }
        guard purposes.allSatisfy({ $0 == [[Self.sign]] }) else { throw .purpose }
    }

    /// KM_ORIGIN_GENERATED.
    private static let generated: UInt8 = 0
    /// KM_PURPOSE_SIGN.
    private static let sign: UInt8 = 2
}
