import CTAP2
import CTAPHID
import Interaction
import Platform

/// A key's responses to INIT and getInfo.
struct InfoReport {
    let key: KeyName
    let initResponse: InitResponse
    let info: AuthenticatorInfo
}

extension InfoReport: Encodable {
    /// The response to INIT.
    private struct CTAPHIDMembers: Encodable {
        var protocolVersion: UInt8
        var deviceVersion: String
        var capabilities: [String]
    }

    private enum Members: String, CodingKey {
        case device, name, ctaphid
        case versions, extensions, aaguid, options, maxMsgSize, pinUvAuthProtocols
        case maxCredentialCountInList, maxCredentialIdLength, transports, algorithms
        case maxSerializedLargeBlobArray, forcePINChange, minPINLength, firmwareVersion, maxCredBlobLength
        case maxRPIDsForSetMinPINLength, preferredPlatformUvAttempts, uvModality, certifications
        case remainingDiscoverableCredentials, vendorPrototypeConfigCommands, attestationFormats
        case uvCountSinceLastPinEntry, longTouchForReset, encIdentifier, transportsForReset
        case pinComplexityPolicy, pinComplexityPolicyURL, maxPINLength, encCredStoreState
        case authenticatorConfigCommands, unrecognizedMembers
    }

    /// getInfo's members by the specification's names; members that the key omits and that have no default are left
    /// out.
    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Members.self)
        try members.encode(key.path, forKey: .device)
        try members.encode(key.name, forKey: .name)
        try members.encode(ctaphid, forKey: .ctaphid)
        try members.encode(info.versions, forKey: .versions)
        // A U2F key says nothing more about itself.
        guard !info.isU2FOnly else { return }
        try encodeMembersOfCTAP20(into: &members)
        try encodeMembersOfCTAP21(into: &members)
        try encodeMembersOfCTAP22(into: &members)
        try members.encode(unrecognized, forKey: .unrecognizedMembers)
    }

    private func encodeMembersOfCTAP20(into members: inout KeyedEncodingContainer<Members>) throws {
        try members.encode(info.extensions, forKey: .extensions)
        try members.encode(info.aaguid.description, forKey: .aaguid)
        try members.encode(info.options.values, forKey: .options)
        try members.encode(info.maxMsgSize, forKey: .maxMsgSize)
        try members.encode(info.pinUvAuthProtocols, forKey: .pinUvAuthProtocols)
    }

    private func encodeMembersOfCTAP21(into members: inout KeyedEncodingContainer<Members>) throws {
        try members.encodeIfPresent(info.maxCredentialCountInList, forKey: .maxCredentialCountInList)
        try members.encodeIfPresent(info.maxCredentialIdLength, forKey: .maxCredentialIdLength)
        try members.encode(info.transports, forKey: .transports)
        try members.encode(info.algorithms.map(\.alg.rawValue), forKey: .algorithms)
        try members.encodeIfPresent(info.maxSerializedLargeBlobArray, forKey: .maxSerializedLargeBlobArray)
        try members.encode(info.forcePINChange, forKey: .forcePINChange)
        try members.encode(info.minPINLength, forKey: .minPINLength)
        try members.encodeIfPresent(info.firmwareVersion, forKey: .firmwareVersion)
        try members.encodeIfPresent(info.maxCredBlobLength, forKey: .maxCredBlobLength)
        try members.encodeIfPresent(info.maxRPIDsForSetMinPINLength, forKey: .maxRPIDsForSetMinPINLength)
        try members.encodeIfPresent(info.preferredPlatformUvAttempts, forKey: .preferredPlatformUvAttempts)
        try members.encodeIfPresent(info.uvModality, forKey: .uvModality)
        try members.encode(info.certifications, forKey: .certifications)
        try members.encodeIfPresent(
            info.remainingDiscoverableCredentials,
            forKey: .remainingDiscoverableCredentials
        )
        try members.encodeIfPresent(info.vendorPrototypeConfigCommands, forKey: .vendorPrototypeConfigCommands)
    }

    private func encodeMembersOfCTAP22(into members: inout KeyedEncodingContainer<Members>) throws {
        try members.encode(info.attestationFormats, forKey: .attestationFormats)
        try members.encodeIfPresent(info.uvCountSinceLastPinEntry, forKey: .uvCountSinceLastPinEntry)
        try members.encode(info.longTouchForReset, forKey: .longTouchForReset)
        try members.encodeIfPresent(info.encIdentifier?.hexadecimal, forKey: .encIdentifier)
        try members.encodeIfPresent(info.transportsForReset, forKey: .transportsForReset)
        try members.encodeIfPresent(info.pinComplexityPolicy, forKey: .pinComplexityPolicy)
        try members.encodeIfPresent(policyURL, forKey: .pinComplexityPolicyURL)
        try members.encode(info.maxPINLength, forKey: .maxPINLength)
        try members.encodeIfPresent(info.encCredStoreState?.hexadecimal, forKey: .encCredStoreState)
        try members.encodeIfPresent(info.authenticatorConfigCommands, forKey: .authenticatorConfigCommands)
    }

    private var ctaphid: CTAPHIDMembers {
        CTAPHIDMembers(
            protocolVersion: initResponse.protocolVersion,
            deviceVersion: deviceVersion,
            capabilities: capabilities
        )
    }
}

extension InfoReport {
    /// As `major.minor.build`.
    var deviceVersion: String {
        let version = initResponse.deviceVersion
        return "\(version.major).\(version.minor).\(version.build)"
    }

    /// The capability bits that are set, by the specification's names.
    var capabilities: [String] {
        let names: [(Capabilities, String)] = [(.wink, "wink"), (.cbor, "cbor"), (.noMSG, "nmsg")]
        return names.filter { initResponse.capabilities.contains($0.0) }.map(\.1)
    }

    var policyURL: String? { info.pinComplexityPolicyURL.map { String(decoding: $0, as: UTF8.self) } }

    /// Members that fidoctl does not know, in CBOR diagnostic notation.
    var unrecognized: [String: String] {
        var members: [String: String] = [:]
        for entry in info.unrecognizedMembers.entries {
            members[entry.key.diagnostic] = entry.value.diagnostic
        }
        return members
    }
}
