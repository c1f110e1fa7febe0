import CTAP2
import CTAPHID
import Interaction

/// The checks of one key.
struct KeyChecks {
    let surroundings: Surroundings
    let probe: KeyProbe

    func findings(_ key: KeyDescription) async throws(Failure) -> [Finding] {
        let access = key.device.map { NodeAccess($0, in: surroundings) }
        var findings = access?.findings ?? []
        let others = access?.node.map { OtherPrograms(with: $0, in: surroundings) }
        let mayOpen = key.device.map { $0.access == .granted } ?? true
        var responds = true
        if mayOpen {
            let (result, isInUse) = try await probe.ask(key, isHeld: others?.lockHolder != nil)
            switch result {
            case .success(let answers):
                let checks = AnswerChecks(
                    key: KeyName(key),
                    device: key.device,
                    answers: answers,
                    sought: probe.sought
                )
                findings += checks.findings
            case .failure(let failure):
                responds = false
                findings.append(finding(failure, KeyName(key), access, isInUse ? others?.first ?? "?" : nil))
            }
        } else {
            findings.append(.unknown(.answer, .notAsked))
        }
        findings += others?.findings ?? []
        if let device = key.device { findings.append(power(device, responds: responds)) }
        return findings.map { $0.on(key.path) }
    }

    /// Why the key did not answer; `holder` is another program that uses it.
    private func finding(_ failure: Failure, _ key: KeyName, _ access: NodeAccess?, _ holder: String?) -> Finding {
        let step = failure.hint ?? .replugHint
        if let holder { return .problem(.answer, .inUse, .usedBy(holder, key.name), step: .inUseHint) }
        switch failure.code {
        case .noPermission:
            // The node's permissions let us in, and something else does not.
            if let access, let container = access.confinement.container { return access.container(container) }
            return .problem(
                .access,
                .securityModule,
                .deniedAnyway(key.name, path: key.path),
                step: .securityModuleStep
            )
        case .timedOut: return .problem(.answer, .silent, failure.message, step: .silentStep)
        case .io where failure.hint == .replugHint:
            return .problem(.answer, .silent, failure.message, step: .silentStep)
        case .protocol: return .problem(.answer, .brokenAnswer, failure.message, step: .brokenAnswerStep)
        case .noKey: return .problem(.answer, .noKey, failure.message, step: step)
        default: return .problem(.answer, .failed, failure.message, step: step)
        }
    }

    /// USB autosuspend: the kernel may turn the port off while the key is idle.
    private func power(_ device: HIDDeviceInfo, responds: Bool) -> Finding {
        guard let port = device.usbPort,
            let control = surroundings.sysfs("device/../../power/control", ofNode: device.path)
        else {
            return .notApplicable(.power, .noPowerSaving)
        }
        guard control == "auto" else { return .ok(.power, .powerSavingIsOff) }
        guard !responds else { return .ok(.power, .powerSavingIsOn) }
        let command = ShellCommands.keepAwake(port: port)
        return .warning(.power, .powerSaving, .powerSavingIsOn, step: .powerStep, commands: [command])
    }
}
