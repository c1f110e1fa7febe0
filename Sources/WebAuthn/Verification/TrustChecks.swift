internal import CTAP2
internal import Crypto
internal import FoundationEssentials

/// The checks of whether an attestation statement's certificates are those of a trusted model of key.
struct TrustChecks {
    static let names: [VerificationCheck.Name] = [.attestationChain, .metadata, .authenticatorStatus]

    let trust: AttestationTrust
    let object: AttestationObject
    let type: AttestationType
    /// Whether the caller requires an attestation.
    let isDemanded: Bool

    /// Makes the checks, and returns the model of key and the paths to trust anchors, as far as they were found.
    func run(in list: inout Checklist) async -> (model: MetadataEntry?, paths: [CertificatePath]) {
        let chains = type.chains
        guard !chains.isEmpty else {
            skip(in: &list)
            return (nil, [])
        }
        let model = trust.metadata.flatMap(entry(in:))
        let paths = await findPaths(chains, model, in: &list)
        guard let metadata = trust.metadata else {
            list.omit(.metadata, .authenticatorStatus)
            return (nil, paths)
        }
        guard let model else {
            list.add(.metadata, .failed(.unknownModel(aaguid)))
            list.add(.authenticatorStatus, .notMade(.unreadable), demand: .caller)
            return (nil, paths)
        }
        list.add(.metadata, .passed)
        let now = Date()
        if let status = model.compromise(of: chains.flatMap(\.self) + paths.flatMap(\.certificates), at: now) {
            list.add(.authenticatorStatus, .failed(.authenticatorStatus(status)))
        } else if metadata.isStale(at: now) {
            list.add(.authenticatorStatus, .notMade(.staleMetadata), demand: .caller)
        } else {
            list.add(.authenticatorStatus, .passed)
        }
        return (model, paths)
    }

    /// Without a verified certificate there is nothing to trust.
    private func skip(in list: inout Checklist) {
        let reason: VerificationCheck.Reason = type == .none ? .noStatement : .noCertificate
        let demand: VerificationCheck.Demand = isDemanded ? .caller : .nobody
        for name in Self.names {
            let isAsked = name == .attestationChain ? !trust.isEmpty : trust.metadata != nil
            list.add(name, .notMade(isAsked ? reason : .notAsked), demand: isAsked ? demand : .nobody)
        }
    }

    private func findPaths(
        _ chains: [[[UInt8]]],
        _ model: MetadataEntry?,
        in list: inout Checklist
    ) async -> [CertificatePath] {
        guard !trust.isEmpty else {
            list.omit(.attestationChain)
            return []
        }
        let anchors = trust.roots + (model?.roots ?? [])
        guard !anchors.isEmpty else {
            list.add(.attestationChain, .notMade(.noRoots), demand: .caller)
            return []
        }
        var paths: [CertificatePath] = []
        for chain in chains {
            do throws(CertificatePathError) {
                paths.append(try await CertificatePath(from: chain, to: anchors, at: trust.date))
            } catch {
                list.add(.attestationChain, .failed(.attestationChain(error)))
                return []
            }
        }
        list.add(.attestationChain, .passed)
        return paths
    }

    private var aaguid: AAGUID { object.authData.attestedCredentialData?.aaguid ?? .zero }

    /// The model by its AAGUID; a U2F key has none, and its model by the attestation certificate's key.
    private func entry(in metadata: MetadataBLOB) -> MetadataEntry? {
        guard aaguid == .zero else { return metadata.entry(aaguid: aaguid) }
        guard object.fmt == "fido-u2f", let key = type.chains.first?.first.flatMap({ X509Fields($0)?.publicKeyBits })
        else {
            return nil
        }
        return metadata.entry(certificateKeyIdentifier: Array(Insecure.SHA1.hash(data: key)))
    }
}

extension AttestationTrust {
    /// Whether there is nothing to compare certificates with.
    fileprivate var isEmpty: Bool { roots.isEmpty && metadata == nil }
}

extension AttestationType {
    /// The chains of all certificates that signed, each with the signing certificate first.
    var chains: [[[UInt8]]] {
        switch self {
        case .certified(let x5c): [x5c]
        case .compound(let parts): parts.flatMap(\.type.chains)
        case .none, .selfAttestation, .unverified: []
        }
    }
}
