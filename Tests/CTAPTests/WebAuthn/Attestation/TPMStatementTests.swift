import CTAP2
import Crypto
import CryptoExtras
import Testing
@testable import WebAuthn

/// `tpm` statements (WebAuthn §8.3): one in order, and with each step of the procedure broken.
@Suite struct TPMStatementTests {
    let key = HandMadeKey()

    private func verdict(_ tpm: HandMadeTPM) throws -> Verdict {
        try key.verdict("tpm", statement: tpm.statement)
    }

    private func expect(_ error: AttestationError, from tpm: HandMadeTPM) throws {
        let verdict = try verdict(tpm)
        #expect(verdict.attestationError == error, "\(verdict)")
        #expect(verdict.decisiveCheck?.name == .attestation)
    }

    @Test func `a statement in order makes the registration certified`() throws {
        let verdict = try verdict(HandMadeTPM(key))
        #expect(verdict.isGood, "\(verdict)")
        guard case .certified(let x5c) = verdict.attestationType else { Issue.record("\(verdict)"); return }
        #expect(x5c.count == 1)
    }

    @Test func `a symmetric algorithm, a scheme and a key derivation are skipped`() throws {
        var tpm = HandMadeTPM(key)
        let point = tpm.pubArea.dropFirst(HandMadeTPM.ellipticPubArea.count)
        for parameters in [
            "0006 0080 0043 0010 0003 0010", "0010 0018 000b 0003 0010", "0010 001a 000b 0001 0003 0010",
            "0010 0010 0003 0020 000b",
        ] {
            tpm.pubArea = hex("0023 000b 00060472 0002 aaaa") + hex(parameters) + point
            #expect(try verdict(tpm).isGood, "\(parameters)")
        }
    }

    @Test func `the name may be by any hash algorithm of TPMs`() throws {
        var tpm = HandMadeTPM(key)
        for (number, hash) in [
            (0x04, { Array(Insecure.SHA1.hash(data: $0)) }), (0x0C, { Array(SHA384.hash(data: $0)) }),
            (0x0D, { Array(SHA512.hash(data: $0)) }),
        ] as [(UInt8, ([UInt8]) -> [UInt8])] {
            tpm.pubArea[3] = number
            tpm.name = [0, number] + hash(tpm.pubArea)
            #expect(try verdict(tpm).isGood)
        }
    }

    @Test func `a coordinate may lack leading zeros`() throws {
        var short = HandMadeKey()
        repeat {
            short.privateKey = P256.Signing.PrivateKey()
        } while short.privateKey.publicKey.rawRepresentation.first != 0
        var tpm = HandMadeTPM(short)
        let point = Array(short.privateKey.publicKey.rawRepresentation)
        tpm.pubArea =
            HandMadeTPM.ellipticPubArea + HandMadeTPM.sized(Array(point[1..<32]))
            + HandMadeTPM.sized(Array(point[32...]))
        #expect(try short.verdict("tpm", statement: tpm.statement).isGood)
    }

    @Test(arguments: ["00000000", "00010001", "00000003"])
    func `an RSA key's exponent is written out, or zero for the default`(exponent: String) throws {
        let numbers = try _RSA.Signing.PrivateKey(keySize: .bits2048).publicKey.getKeyPrimitives()
        let modulus = Array(numbers.modulus)
        let coseKey = hex("a401030339010020590100") + modulus + hex("2143010001")
        var tpm = HandMadeTPM(key)
        tpm.pubArea = hex("0001 000b 00060472 0000 0010 0014 000b 0800") + hex(exponent) + HandMadeTPM.sized(modulus)
        let verdict = try key.verdict("tpm", coseKey: coseKey, statement: tpm.statement)
        if exponent == "00000003" {
            #expect(verdict.attestationError == .tpm(.otherKey))
        } else {
            #expect(verdict.isGood, "\(verdict)")
        }
    }

    // MARK: - Each step broken

    @Test func `certInfo must be a TPM's certification of the key, for this registration`() throws {
        let steps: [(AttestationError, (inout HandMadeTPM) -> Void)] = [
            (.tpm(.version("1.2")), { $0.version = "1.2" }),
            (.tpm(.magic), { $0.magic = hex("ff544348") }),
            (.tpm(.type), { $0.type = hex("8018") }),
            (.tpm(.extraData), { $0.extraData = [UInt8](repeating: 1, count: 32) }),
            (.tpm(.extraData), { $0.extraData = [] }),
            (.tpm(.name), { $0.name = [0, 0x0B] + [UInt8](repeating: 1, count: 32) }),
            (.tpm(.name), { $0.name = Array(SHA256.hash(data: $0.pubArea)) }),
            (.tpm(.malformed(member: "certInfo")), { $0.trailing = [0] }),
            (.tpm(.malformed(member: "pubArea")), { $0.pubArea.append(0) }),
            (.tpm(.malformed(member: "pubArea")), { $0.pubArea.removeLast() }),
            (.tpm(.malformed(member: "pubArea")), { $0.pubArea = [] }),
            (.tpm(.unknown(value: 0x25)), { $0.pubArea[1] = 0x25 }),
            (.tpm(.unknown(value: 0x10)), { $0.pubArea[3] = 0x10 }),
            (.tpm(.unknown(value: 9)), { $0.pubArea[HandMadeTPM.ellipticPubArea.count - 3] = 9 }),
            (.tpm(.otherKey), { $0.pubArea[$0.pubArea.count - 1] ^= 1 }),
            (.tpm(.otherKey), { $0.pubArea[HandMadeTPM.ellipticPubArea.count - 3] = 4 }),
            (.wrongSignature, { $0.signer = P256.Signing.PrivateKey() }),
            (.algorithmOfOtherKey(.rs256), { $0.algorithm = .rs256 }),
        ]
        for (error, change) in steps {
            var tpm = HandMadeTPM(key)
            change(&tpm)
            try expect(error, from: tpm)
        }
    }

    @Test func `the certificate must meet the requirements`() throws {
        let steps: [(AttestationCertificateError, (inout HandMadeTPM) -> Void)] = [
            (.notVersion3, { $0.certificate.version = [1] }),
            (.subjectNotEmpty, { $0.certificate.subject = [([0x55, 4, 3], "TPM")] }),
            (.tpmAttribute("manufacturer"), { $0.attributes.removeFirst() }),
            (.tpmAttribute("model"), { $0.attributes.remove(at: 1) }),
            (.tpmAttribute("version"), { $0.attributes[2].text = "" }),
            (.tpmManufacturer("id:46414B45"), { $0.attributes[0].text = "id:46414B45" }),
            (.extendedKeyUsage, { $0.keyUsage = hex("06056781050801") }),
            (.extendedKeyUsage, { $0.keyUsage = [] }),
            (.certificateAuthority, { $0.certificate.basicConstraints = nil }),
            (.certificateAuthority, { $0.certificate.basicConstraints = hex("300f0603551d130101ff040530030101ff") }),
            (.aaguidExtension, { $0.certificate.extensions = [HandMadeCertificate.aaguid(Array(1...16))] }),
            (.malformed, { $0.certificate.publicKey = [] }),
        ]
        for (error, change) in steps {
            var tpm = HandMadeTPM(key)
            change(&tpm)
            try expect(.certificate(error), from: tpm)
        }
    }

    @Test(arguments: ["ver", "alg", "sig", "certInfo", "pubArea", "x5c"])
    func `every member is required`(member: String) throws {
        let verdict = try key.verdict("tpm") { signed in
            var statement = try #require(try HandMadeTPM(key).statement(for: signed).map)
            statement[.text(member)] = nil
            return .map(statement)
        }
        #expect(verdict.attestationError == .statement(.missing(member: "attStmt." + member)))
    }

    @Test func `a statement of an unknown algorithm is unsupported`() throws {
        var tpm = HandMadeTPM(key)
        tpm.algorithm = .es256K
        let verdict = try verdict(tpm)
        #expect(verdict.attestationType == .unverified(.algorithm(.es256K)))
        #expect(verdict.decisiveCheck?.lacksAlgorithm == true)
    }

    /// Lengths inside the structures may be anything.
    @Test(.ownThread) func `damaged structures end with a verdict`() throws {
        var generator = SeededGenerator(seed: 12)
        for index in 0..<1000 {
            let verdict = try key.verdict("tpm") { signed in
                var statement = try #require(try HandMadeTPM(key).statement(for: signed).map)
                let member: CBORValue = index.isMultiple(of: 2) ? "pubArea" : "certInfo"
                let bytes = try #require(statement[member]?.bytes)
                let damaged = bytes.mutated(using: &generator)
                if damaged == bytes { statement["ver"] = "" }
                statement[member] = .bytes(damaged)
                return .map(statement)
            }
            #expect(!verdict.isGood)
        }
    }
}
