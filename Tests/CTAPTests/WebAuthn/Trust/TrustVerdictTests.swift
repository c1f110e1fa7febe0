import CTAP2
import Crypto
import FoundationEssentials
import Testing
import X509
@testable import WebAuthn

/// The verdict on registrations by keys of which the relying party trusts some models.
@Suite struct TrustVerdictTests {
    let trusted: TrustedKey

    init() throws {
        trusted = try TrustedKey()
    }

    private func verdict(
        _ response: RegistrationResponse,
        _ trust: AttestationTrust,
        requiresAttestation: Bool = false
    ) async -> Verdict {
        await response.verdict(
            trusted.key.pendingRequest,
            requiresAttestation: requiresAttestation,
            trust: trust
        )
    }

    private func outcome(_ name: VerificationCheck.Name, _ verdict: Verdict) -> VerificationCheck.Outcome? {
        let found = verdict.checks.filter { $0.name == name }
        return found.count == 1 ? found[0].outcome : nil
    }

    private func entry(_ statuses: [String] = ["FIDO_CERTIFIED_L1"], status: String = "") -> String {
        HandMadeBLOB.entry(aaguid: TrustedKey.aaguid, roots: [trusted.root.der], statuses: statuses, status: status)
    }

    // MARK: - Roots

    @Test func `a certificate that leads to a given root is trusted`() async throws {
        let trust = AttestationTrust(roots: [trusted.root.der])
        let verdict = await verdict(try trusted.registration(), trust, requiresAttestation: true)
        #expect(verdict.isGood, "\(verdict)")
        #expect(outcome(.attestationChain, verdict) == .passed)
        #expect(outcome(.metadata, verdict) == .notMade(.notAsked))
        #expect(verdict.trustPaths.map(\.subjects.last) == ["CN=Vendor Root"])
        #expect(verdict.credential != nil)
        let verified = try await trusted.registration().verify(trusted.key.pendingRequest, trust: trust)
        #expect(verified.model == nil)
    }

    @Test func `one that leads elsewhere fails the check`() async throws {
        let other = try TestAuthority("Vendor Root")
        let response = try trusted.registration()
        let verdict = await verdict(response, AttestationTrust(roots: [other.der]))
        #expect(verdict.decisiveCheck?.name == .attestationChain)
        #expect(outcome(.attestationChain, verdict) == .failed(.attestationChain(.untrusted)))
        #expect(outcome(.attestation, verdict) == .passed)
        #expect(verdict.credential == nil)
        await #expect(throws: VerificationError.attestationChain(.untrusted)) {
            try await response.verify(trusted.key.pendingRequest, trust: AttestationTrust(roots: [other.der]))
        }
    }

    @Test func `the certificates must be valid at the time of the registration`() async throws {
        let end = Date(timeIntervalSince1970: 1_750_000_000)
        let response = try trusted.registration(
            TestAuthority.Terms(notAfter: end, constraints: .notCertificateAuthority)
        )
        let late = await verdict(response, AttestationTrust(roots: [trusted.root.der]))
        #expect(outcome(.attestationChain, late) == .failed(.attestationChain(.expired(end))))
        let then = await verdict(response, AttestationTrust(roots: [trusted.root.der], date: end - 60))
        #expect(then.isGood, "\(then)")
    }

    @Test func `without trust the checks are listed as not asked for`() async throws {
        let response = try trusted.registration()
        for verdict in [
            response.verdict(trusted.key.pendingRequest), await verdict(response, AttestationTrust()),
        ] {
            for name in TrustChecks.names { #expect(outcome(name, verdict) == .notMade(.notAsked)) }
            #expect(verdict.isGood)
        }
    }

    @Test(arguments: ["none", "packed"])
    func `what has no certificate is bad only if an attestation is required`(format: String) async throws {
        let response = try RegistrationResponse(json: Array(trusted.key.registration(format: format).utf8))
        let trust = AttestationTrust(roots: [trusted.root.der])
        let plain = await verdict(response, trust)
        #expect(plain.isGood)
        let reason: VerificationCheck.Reason = format == "none" ? .noStatement : .noCertificate
        #expect(outcome(.attestationChain, plain) == .notMade(reason))
        #expect(!(await verdict(response, trust, requiresAttestation: true)).isGood)
    }

    @Test func `an invalid statement is never trusted`() async throws {
        var response = try trusted.registration()
        var object = try AttestationObject(response.attestationObject)
        var statement = try #require(object.attStmt.map)
        statement["sig"] = .bytes([1])
        object.attStmt = .map(statement)
        response.attestationObject = object.bytes
        let verdict = await verdict(response, AttestationTrust(roots: [trusted.root.der]))
        #expect(verdict.attestationError == .wrongSignature)
        #expect(outcome(.attestationChain, verdict) == .notMade(.noCertificate))
        #expect(!verdict.isGood)
    }

    @Test func `every certificate of a compound statement must be trusted`() async throws {
        let key = trusted.key
        let leaf = try trusted.root.attestationCertificate(trusted.signer.publicKey)
        let response = try key.registration(format: "compound") { signed in
            let signature = try trusted.signer.signature(for: signed).derRepresentation
            let packed: CBORValue = ["alg": -7, "sig": .bytes(Array(signature)), "x5c": [.bytes(leaf)]]
            return [
                ["fmt": "packed", "attStmt": packed],
                ["fmt": "tpm", "attStmt": try HandMadeTPM(key).statement(for: signed)],
            ]
        }
        let one = await verdict(response, AttestationTrust(roots: [trusted.root.der]))
        #expect(outcome(.attestationChain, one) == .failed(.attestationChain(.untrusted)), "\(one)")
        guard case .compound(let parts) = one.attestationType, case .certified(let x5c) = parts.last?.type else {
            Issue.record("\(one)")
            return
        }
        let both = await verdict(response, AttestationTrust(roots: [trusted.root.der, x5c[0]]))
        #expect(both.isGood, "\(both)")
        #expect(both.trustPaths.count == 2)
    }

    // MARK: - Metadata

    @Test func `a model in the metadata is named, by the roots of its entry`() async throws {
        let metadata = try await trusted.metadata(entry(["FIDO_CERTIFIED_L1", "UPDATE_AVAILABLE"]))
        let verdict = await verdict(try trusted.registration(), AttestationTrust(metadata: metadata))
        #expect(verdict.isGood, "\(verdict)")
        for name in TrustChecks.names { #expect(outcome(name, verdict) == .passed) }
        #expect(verdict.model?.description == "Example Key")
        #expect(verdict.model?.statuses.map(\.rawValue) == ["FIDO_CERTIFIED_L1", "UPDATE_AVAILABLE"])
    }

    @Test func `a model that is not in the metadata fails the check`() async throws {
        let metadata = try await trusted.metadata(
            HandMadeBLOB.entry(aaguid: "ffffffff-0506-0708-090a-0b0c0d0e0f10", roots: [trusted.root.der])
        )
        let response = try trusted.registration()
        for roots in [[], [trusted.root.der]] {
            let verdict = await verdict(response, AttestationTrust(roots: roots, metadata: metadata))
            #expect(outcome(.metadata, verdict) == .failed(.unknownModel(TrustedKey.model)))
            #expect(!verdict.isGood)
            #expect(outcome(.attestationChain, verdict) == (roots.isEmpty ? .notMade(.noRoots) : .passed))
        }
    }

    /// Otherwise any vendor could attest the AAGUID of another.
    @Test func `the root of another model does not do`() async throws {
        let other = try TestAuthority("Other Root")
        let metadata = try await trusted.metadata(
            HandMadeBLOB.entry(aaguid: TrustedKey.aaguid, roots: [other.der]),
            HandMadeBLOB.entry(aaguid: "ffffffff-0506-0708-090a-0b0c0d0e0f10", roots: [trusted.root.der])
        )
        let verdict = await verdict(try trusted.registration(), AttestationTrust(metadata: metadata))
        #expect(outcome(.metadata, verdict) == .passed)
        #expect(outcome(.attestationChain, verdict) == .failed(.attestationChain(.untrusted)))
    }

    @Test(arguments: [
        "USER_VERIFICATION_BYPASS", "ATTESTATION_KEY_COMPROMISE", "USER_KEY_REMOTE_COMPROMISE",
        "USER_KEY_PHYSICAL_COMPROMISE", "REVOKED",
    ])
    func `a compromise fails the check, whatever was reported before and after it`(status: String) async throws {
        let metadata = try await trusted.metadata(entry(["FIDO_CERTIFIED_L1", status, "UPDATE_AVAILABLE"]))
        let verdict = await verdict(try trusted.registration(), AttestationTrust(metadata: metadata))
        let expected = AuthenticatorStatus(rawValue: status)
        #expect(outcome(.authenticatorStatus, verdict) == .failed(.authenticatorStatus(expected)))
        #expect(verdict.decisiveCheck?.name == .authenticatorStatus)
    }

    @Test(arguments: [
        "NOT_FIDO_CERTIFIED", "SELF_ASSERTION_SUBMITTED", "FIDO_CERTIFIED_L3plus", "UPDATE_AVAILABLE", "NEW",
    ])
    func `other statuses, and unknown ones, do not`(status: String) async throws {
        let metadata = try await trusted.metadata(entry([status]))
        #expect(await verdict(try trusted.registration(), AttestationTrust(metadata: metadata)).isGood)
    }

    @Test func `a status applies from its day, and to the certificate that it names`() async throws {
        func passes(_ status: String) async throws -> Bool {
            let metadata = try await trusted.metadata(entry([], status: status))
            return await verdict(try trusted.registration(), AttestationTrust(metadata: metadata)).isGood
        }
        let own = Data(trusted.intermediate.der).base64EncodedString()
        let other = Data(try TestAuthority("Other").der).base64EncodedString()
        #expect(try await passes(#"{"status":"REVOKED","effectiveDate":"2098-01-01"}"#))
        #expect(try await !passes(#"{"status":"REVOKED"}"#))
        #expect(try await !passes(#"{"status":"ATTESTATION_KEY_COMPROMISE","certificate":"\#(own)"}"#))
        #expect(try await passes(#"{"status":"ATTESTATION_KEY_COMPROMISE","certificate":"\#(other)"}"#))
        #expect(try await !passes(#"{"status":"REVOKED","certificate":"\#(other)"}"#))
    }

    @Test func `metadata that are out of date cannot clear a model`() async throws {
        let metadata = try await trusted.metadata(entry(), nextUpdate: "2024-06-01")
        let verdict = await verdict(try trusted.registration(), AttestationTrust(metadata: metadata))
        #expect(outcome(.authenticatorStatus, verdict) == .notMade(.staleMetadata))
        #expect(!verdict.isGood)
        #expect(outcome(.metadata, verdict) == .passed)
        let revoked = try await trusted.metadata(entry(["REVOKED"]), nextUpdate: "2024-06-01")
        let bad = await self.verdict(try trusted.registration(), AttestationTrust(metadata: revoked))
        #expect(outcome(.authenticatorStatus, bad) == .failed(.authenticatorStatus(.revoked)))
    }

    @Test func `a U2F key is found by its certificate's key`() async throws {
        let (response, identifier) = try trusted.u2fRegistration()
        let metadata = try await trusted.metadata(
            HandMadeBLOB.entry(keyIdentifier: identifier, description: "Old Key", roots: [trusted.root.der])
        )
        let verdict = await verdict(response, AttestationTrust(metadata: metadata))
        #expect(verdict.isGood, "\(verdict)")
        #expect(verdict.model?.description == "Old Key")
        let unknown = try await trusted.metadata(entry())
        #expect(
            outcome(.metadata, await self.verdict(response, AttestationTrust(metadata: unknown)))
                == .failed(.unknownModel(.zero))
        )
    }
}
