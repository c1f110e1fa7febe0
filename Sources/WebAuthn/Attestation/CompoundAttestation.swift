internal import CTAP2

extension AttestationObject {
    /// WebAuthn §8.9: several statements about one credential, all of which must verify.
    func verifyCompound(clientDataHash: [UInt8]) throws(AttestationError) -> AttestationType {
        guard let statements = attStmt.elements(\.map) else { throw .statement(.unexpected(member: "attStmt")) }
        guard statements.count > 1 else { throw .tooFewStatements(statements.count) }
        var parts: [AttestationType.Part] = []
        for statement in statements {
            let fmt = try statement.statementMember("fmt", \.text)
            guard fmt != "compound" else { throw .nestedStatement }
            let object = AttestationObject(
                fmt: fmt,
                authData: authData,
                attStmt: try statement.statementMember("attStmt") { $0 }
            )
            parts.append(AttestationType.Part(fmt: fmt, type: try object.verifyPart(clientDataHash: clientDataHash)))
        }
        for case .unverified(let reason) in parts.map(\.type) { return .unverified(reason) }
        return .compound(parts)
    }

    private func verifyPart(clientDataHash: [UInt8]) throws(AttestationError) -> AttestationType {
        do throws(AttestationError) {
            return try verify(clientDataHash: clientDataHash)
        } catch {
            throw .part(format: fmt, error)
        }
    }
}
