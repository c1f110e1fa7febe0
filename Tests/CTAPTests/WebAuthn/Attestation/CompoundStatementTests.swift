import CTAP2
import Crypto
import FoundationEssentials
import Testing
@testable import WebAuthn

/// `compound` statements, which contain others (WebAuthn §8.9), and the retired `android-safetynet`.
@Suite struct CompoundStatementTests {
    let key = HandMadeKey()

    private func part(_ fmt: String, _ statement: CBORValue) -> CBORValue {
        ["fmt": .text(fmt), "attStmt": statement]
    }

    private func selfAttestation(_ signed: [UInt8]) throws -> CBORValue {
        let signature = try key.privateKey.signature(for: signed).derRepresentation
        return part("packed", ["alg": -7, "sig": .bytes(Array(signature))])
    }

    @Test func `each statement is verified`() throws {
        let verdict = try key.verdict("compound") { signed in
            [try selfAttestation(signed), part("tpm", try HandMadeTPM(key).statement(for: signed))]
        }
        #expect(verdict.isGood, "\(verdict)")
        guard case .compound(let parts) = verdict.attestationType else { Issue.record("\(verdict)"); return }
        #expect(parts.map(\.fmt) == ["packed", "tpm"])
        #expect(parts.first?.type == .selfAttestation)
        guard case .certified = parts.last?.type else { Issue.record("\(parts)"); return }
    }

    @Test func `one invalid statement makes the whole invalid, and is named`() throws {
        var tpm = HandMadeTPM(key)
        tpm.magic = [0, 0, 0, 0]
        let verdict = try key.verdict("compound") { signed in
            [try selfAttestation(signed), part("tpm", try tpm.statement(for: signed))]
        }
        #expect(verdict.attestationError == .part(format: "tpm", .tpm(.magic)))
    }

    @Test func `one that cannot be verified leaves the whole unverified`() throws {
        let unknown = try key.verdict("compound") { [try selfAttestation($0), part("new", [:])] }
        #expect(unknown.attestationOutcome == .notMade(.format("new")))
        #expect(unknown.isGood)
        var tpm = HandMadeTPM(key)
        tpm.algorithm = .es256K
        let algorithm = try key.verdict("compound") {
            [try selfAttestation($0), part("tpm", try tpm.statement(for: $0))]
        }
        #expect(algorithm.attestationType == .unverified(.algorithm(.es256K)))
        #expect(!algorithm.isGood)
    }

    @Test func `there must be two statements at least, none of them compound`() throws {
        let own = try key.verdict("compound") { [try selfAttestation($0)] }
        #expect(own.attestationError == .tooFewStatements(1))
        #expect(key.verdict("compound") { _ in [] }.attestationError == .tooFewStatements(0))
        let nested = try key.verdict("compound") { signed in
            [
                try selfAttestation(signed),
                part("compound", [try selfAttestation(signed), try selfAttestation(signed)]),
            ]
        }
        #expect(nested.attestationError == .nestedStatement)
    }

    @Test(arguments: [[:], 7, [7, 8], [["fmt": "none"], ["attStmt": [:]]]] as [CBORValue])
    func `the statement must have its shape`(statement: CBORValue) {
        let verdict = key.verdict("compound") { _ in statement }
        guard case .statement = verdict.attestationError else { Issue.record("\(verdict)"); return }
    }

    // MARK: - android-safetynet

    private func token(nonce: String) -> [UInt8] {
        let payload = Base64URL.encode(Array(#"{"nonce":"\#(nonce)","ctsProfileMatch":true}"#.utf8))
        return Array("e30.\(payload).AQID".utf8)
    }

    private func safetyNet(nonce: String? = nil) -> Verdict {
        key.verdict("android-safetynet") { signed in
            let own = Data(SHA256.hash(data: signed)).base64EncodedString()
            return ["ver": "14366018", "response": .bytes(token(nonce: nonce ?? own))]
        }
    }

    @Test func `a statement of the retired service is never trusted, and said to be retired`() {
        let verdict = safetyNet()
        #expect(verdict.attestationType == .unverified(.retiredFormat("android-safetynet")))
        #expect(verdict.attestationOutcome == .notMade(.retiredFormat("android-safetynet")))
        #expect(verdict.isGood)
        let response = key.registration(format: "android-safetynet") { signed in
            let own = Data(SHA256.hash(data: signed)).base64EncodedString()
            return ["ver": "1", "response": .bytes(token(nonce: own))]
        }
        #expect(!response.verdict(key.pendingRequest, requiresAttestation: true).isGood)
    }

    @Test func `one that was made for another registration is invalid`() {
        #expect(safetyNet(nonce: "AAAA").attestationError == .nonce)
    }

    @Test(arguments: ["", "e30.e30", "e30.e30.AQ.AQ", "e30.!.AQ", "e30.AQ.AQ", "e30.e30.AQ=="])
    func `its response must be a JWS with a nonce`(response: String) {
        let verdict = key.verdict("android-safetynet") { _ in
            ["ver": "1", "response": .bytes(Array(response.utf8))]
        }
        #expect(verdict.attestationError == .statement(.unexpected(member: "attStmt.response")))
    }

    @Test func `ECDAA is refused by name`() {
        for fmt in ["packed", "tpm"] {
            let verdict = key.verdict(fmt) { _ in ["alg": -7, "sig": .bytes([1]), "ecdaaKeyId": .bytes([1])] }
            #expect(verdict.attestationError == .ecdaa)
        }
    }
}
