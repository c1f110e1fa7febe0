public import CTAP2

/// One check of a registration or a login, with its outcome (WebAuthn L3 §7.1, §7.2).
public struct VerificationCheck: Hashable, Sendable {
    /// What is checked. The names are part of `fidoctl verify --json`.
    public enum Name: String, Hashable, Sendable, CaseIterable {
        /// The client data can be read.
        case clientData
        /// The client data's hash is the expected one, and the one that stands beside them.
        case clientDataHash
        /// The client data are of this ceremony.
        case type
        case challenge
        case origin
        /// The request did not come from a frame inside another site's page, unless that is allowed.
        case crossOrigin
        /// That page is one in which the frame is expected.
        case topOrigin
        /// The attestation object, or the authenticator data, can be read.
        case authenticatorData
        case rpIdHash
        case userPresent
        case userVerified
        /// The flags about backup agree with each other, and with those of the registration.
        case backupState
        /// The credential's algorithm was requested.
        case algorithm
        /// The public key is a key of its algorithm.
        case publicKey
        /// The credential is one of those that the request allowed.
        case allowCredentials
        case credentialId
        /// Members that repeat signed data agree with it.
        case copies
        case attestation
        /// The attestation certificate leads to a trust anchor.
        case attestationChain
        /// The FIDO Metadata Service knows the model of key.
        case metadata
        /// The FIDO Metadata Service knows of no compromise of the model.
        case authenticatorStatus
        case signature
        /// The signature counter increased.
        case signCount
    }

    public enum Outcome: Hashable, Sendable {
        case passed
        case failed(VerificationError)
        case notMade(Reason)
    }

    /// Why a check was not made.
    public enum Reason: Hashable, Sendable {
        /// The caller gave nothing to compare with, or did not ask for it.
        case notAsked
        /// There is only a hash of the client data.
        case noClientData
        /// It depends on another check, which failed.
        case unreadable
        /// This library does not know the algorithm.
        case algorithm(COSEAlgorithm)
        /// This library does not know the attestation statement's format.
        case format(String)
        /// The service behind the attestation statement's format was shut down.
        case retiredFormat(String)
        /// There is no attestation statement.
        case noStatement
        /// The attestation statement has no certificate, or was not verified.
        case noCertificate
        /// There is no trust anchor for the model of key.
        case noRoots
        /// The metadata are out of date, and a compromise may have become known since.
        case staleMetadata
    }

    /// Who requires the check: if anyone does, a check that was not made counts as failed.
    public enum Demand: Hashable, Sendable {
        case nobody
        /// WebAuthn requires it of every response.
        case specification
        /// The caller requires it.
        case caller
    }

    public let name: Name
    public let outcome: Outcome
    public let demand: Demand
}

/// The checks of one response, in the order in which they are made.
struct Checklist {
    private(set) var checks: [VerificationCheck]

    init(_ checks: [VerificationCheck] = []) {
        self.checks = checks
    }

    mutating func add(_ check: VerificationCheck) {
        checks.append(check)
    }

    mutating func add(
        _ name: VerificationCheck.Name,
        _ outcome: VerificationCheck.Outcome,
        demand: VerificationCheck.Demand = .specification
    ) {
        add(VerificationCheck(name: name, outcome: outcome, demand: demand))
    }

    mutating func check(_ name: VerificationCheck.Name, _ holds: Bool, else error: @autoclosure () -> VerificationError)
    {
        add(name, holds ? .passed : .failed(error()))
    }

    /// A check that the caller may leave out.
    mutating func check(
        _ name: VerificationCheck.Name,
        ifAsked isAsked: Bool,
        _ holds: @autoclosure () -> Bool,
        else error: @autoclosure () -> VerificationError
    ) {
        if isAsked {
            check(name, holds(), else: error())
        } else {
            add(name, .notMade(.notAsked), demand: .nobody)
        }
    }

    /// Makes a check whose failure `body` throws.
    mutating func check<T>(_ name: VerificationCheck.Name, _ body: () throws(VerificationError) -> T) -> T? {
        do throws(VerificationError) {
            let value = try body()
            add(name, .passed)
            return value
        } catch {
            add(name, .failed(error))
            return nil
        }
    }

    /// Lists checks that nobody asked for.
    mutating func omit(_ names: VerificationCheck.Name...) {
        for name in names { add(name, .notMade(.notAsked), demand: .nobody) }
    }

    /// Lists checks that cannot be made because of an earlier one.
    mutating func skip(_ names: VerificationCheck.Name..., for reason: VerificationCheck.Reason = .unreadable) {
        for name in names { add(name, .notMade(reason)) }
    }
}
