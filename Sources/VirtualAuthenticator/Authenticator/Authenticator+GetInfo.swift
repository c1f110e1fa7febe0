import CTAP2

extension Authenticator {
    /// authenticatorGetInfo (CTAP 2.1 §6.4).
    func getInfo() throws(Refusal) -> CommandStep {
        let state = try store.read()
        let versions = settings.versions ?? (offersU2F(state) ? ["U2F_V2"] : []) + settings.trueVersions
        var info: CBORMap = [0x01: .array(versions.map { .text($0) })]
        let identifiers = extensions.identifiers
        info[0x02] = identifiers.isEmpty ? nil : .array(identifiers.map { .text($0) })
        info[0x03] = .bytes(settings.aaguid)
        info[0x04] = .map(options(in: state))
        info[0x05] = .int(maximumMessageSize)
        if verification.offersClientPIN {
            info[0x06] = .array(verification.protocols.map { .unsigned($0.rawValue) })
        }
        // CTAP 2.0 §5.4 ends here.
        guard settings.edition >= .ctap21 else { return .finished(info) }
        info[0x07] = .int(settings.maximumCredentialCountInList)
        info[0x08] = .int(settings.maximumCredentialIDLength)
        info[0x09] = .array(["usb"])
        info[0x0A] = .array(settings.algorithms.map { .map(["alg": .int($0.rawValue), "type": "public-key"]) })
        info[0x0B] = settings.management.largeBlobCapacity.map { .int($0) }
        info[0x0E] = 1
        if identifiers.contains("credBlob") { info[0x0F] = .int(CredBlob.maximumLength) }
        info[0x14] = .int(max(0, settings.discoverableCapacity - state.credentials.count))
        addVerification(to: &info, state)
        addConfiguration(to: &info, state)
        try addIdentity(to: &info)
        return .finished(info)
    }

    private func options(in state: KeyState) -> CBORMap {
        var options = commandOptions(in: state)
        options["rk"] = true
        options["up"] = true
        options["plat"] = false
        if verification.supportsPIN { options["clientPin"] = .bool(state.pin != nil) }
        options["uv"] = verification.builtIn.map { _ in .bool(settings.isBuiltInUVConfigured(state)) }
        if verification.offersTokenPermissions { options["pinUvAuthToken"] = true }
        if verification.noMcGaPermissionsWithClientPin { options["noMcGaPermissionsWithClientPin"] = true }
        if makeCredUvNotRqd(state) { options["makeCredUvNotRqd"] = true }
        if settings.offers(.toggleAlwaysUv) || verification.alwaysUv != nil {
            options["alwaysUv"] = .bool(isAlwaysUv(state))
        }
        return options
    }

    /// The members about verification that CTAP 2.1 added with permissions.
    private func addVerification(to info: inout CBORMap, _ state: KeyState) {
        guard verification.offersTokenPermissions else { return }
        if verification.supportsPIN {
            info[0x0C] = .bool(state.pin?.mustChange == true)
            info[0x0D] = .int(pinPolicy(state).minimumLength)
            info[0x1D] = .int(verification.maximumPINLength)
        }
        if let builtIn = verification.builtIn {
            info[0x11] = .int(builtIn.preferredPlatformUvAttempts)
            info[0x12] = .unsigned(builtIn.modality)
        }
    }

    /// The members by which holders of a persistent token recognize the key.
    private func addIdentity(to info: inout CBORMap) throws(Refusal) {
        guard settings.offersPersistentToken else { return }
        let identity = try store.identity()
        guard
            let identifier = try? identity.encIdentifier(random: &store.random),
            let storeState = try? identity.encCredStoreState(random: &store.random)
        else { throw Refusal(.other) }
        info[0x19] = .bytes(identifier)
        info[0x1E] = .bytes(storeState)
    }

    /// The members about settings of config and about reset.
    private func addConfiguration(to info: inout CBORMap, _ state: KeyState) {
        let management = settings.management
        if settings.offers(.setMinPINLength) { info[0x10] = .int(management.maximumRPIDsForSetMinPINLength) }
        info[0x1A] = management.transportsForReset.map { .array($0.map { .text($0) }) }
        if verification.supportsPIN, management.pinComplexityPolicy != nil {
            info[0x1B] = .bool(pinPolicy(state).requiresComplexity)
            info[0x1C] = management.pinComplexityPolicyURL.map { .bytes(Array($0.utf8)) }
        }
        guard settings.edition >= .ctap23 else { return }
        let commands = ManagementSettings.ConfigCommand.allCases.filter(settings.offers)
        info[0x18] = .bool(isLongTouchForReset(state))
        if settings.offersConfig { info[0x1F] = .array(commands.map { .unsigned($0.rawValue) }) }
    }
}
