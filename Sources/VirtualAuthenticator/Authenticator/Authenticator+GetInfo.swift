import CTAP2

extension Authenticator {
    /// authenticatorGetInfo (CTAP 2.1 §6.4): only what this key does.
    ///
    /// FIDO_2_1 is not claimed unless a scenario says so, since CTAP 2.1 §9 demands extensions and commands that this key
    /// lacks. What it has of that edition, such as tokens with permissions, has options of its own.
    func getInfo() throws(Refusal) -> CommandStep {
        let state = try store.read()
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
        info[0x0E] = 1
        info[0x14] = .int(max(0, settings.discoverableCapacity - state.credentials.count))
        addVerification(to: &info, state)
        return .finished(info)
    }

    private var versions: [String] {
        guard settings.offersCredentialManagement(.preview) else { return settings.versions }
        return settings.versions + ["FIDO_2_1_PRE"]
    }

    private func options(in state: KeyState) -> CBORMap {
        var options = commandOptions(in: state)
        options["rk"] = true
        options["up"] = true
        options["plat"] = false
        if verification.supportsPIN { options["clientPin"] = .bool(state.pin != nil) }
        options["uv"] = verification.builtIn.map { .bool($0.isConfigured) }
        if verification.offersTokenPermissions { options["pinUvAuthToken"] = true }
        if verification.noMcGaPermissionsWithClientPin { options["noMcGaPermissionsWithClientPin"] = true }
        if makeCredUvNotRqd { options["makeCredUvNotRqd"] = true }
        options["alwaysUv"] = verification.alwaysUv.map { .bool($0) }
        return options
    }

    /// The members about verification that came together with permissions.
    private func addVerification(to info: inout CBORMap, _ state: KeyState) {
        guard verification.offersTokenPermissions else { return }
        if verification.supportsPIN {
            info[0x0C] = .bool(state.pin?.mustChange == true)
            info[0x0D] = .int(verification.minimumPINLength)
            info[0x1D] = .int(verification.maximumPINLength)
        }
        if let builtIn = verification.builtIn {
            info[0x11] = .int(builtIn.preferredPlatformUvAttempts)
            info[0x12] = .unsigned(builtIn.modality)
        }
    }
}
