internal import CTAP2
import Crypto
internal import FoundationEssentials

extension AttestationObject {
    /// WebAuthn §8.5, as far as it can still be checked: Google shut the service down in January 2025.
    ///
    /// A statement that was made for another registration is invalid, any other one is `unverified`.
    func verifySafetyNet(clientDataHash: [UInt8]) throws(AttestationError) -> AttestationType {
        let statement = try statementMap()
        _ = try statement.statementMember("ver", \.text)
        let response = try statement.statementMember("response", \.bytes)
        guard let token = JSONWebSignature(response),
            let payload = try? JSON.decode(SafetyNetPayload.self, from: token.payload)
        else { throw .statement(.unexpected(member: "attStmt.response")) }
        let nonce = Data(SHA256.hash(data: authData.bytes + clientDataHash)).base64EncodedString()
        guard payload.nonce == nonce else { throw .nonce }
        return .unverified(.retiredFormat(fmt))
    }
}

private struct SafetyNetPayload: Decodable {
    let nonce: String
}
