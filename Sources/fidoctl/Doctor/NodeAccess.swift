import CTAP2
import CTAPHID
import Interaction

/// Whether this user may open one key's node, and if not, why.
struct NodeAccess {
    let surroundings: Surroundings
    let confinement: Confinement
    let session: LoginSession
    let key: KeyName
    let device: HIDDeviceInfo
    let node: DeviceNode?
    private let rules: UdevRules

    init(_ device: HIDDeviceInfo, in surroundings: Surroundings) {
        self.surroundings = surroundings
        self.device = device
        confinement = Confinement(of: surroundings)
        session = LoginSession(in: surroundings)
        key = KeyName(device)
        node = DeviceNode(device, in: surroundings)
        rules = UdevRules(for: device, in: surroundings)
    }

    var findings: [Finding] { [nodeFinding, accessFinding] }

    private var nodeFinding: Finding {
        guard let node else { return .notApplicable(.node, .nodeMissing(key.path)) }
        let users = node.accessControl.namedUsers.map(surroundings.userName)
        return .ok(
            .node,
            .nodeIs(
                key.path,
                owner: surroundings.userName(node.owner) + ":" + surroundings.groupName(node.group),
                mode: UnixOwner.octal(node.mode),
                users: users,
                udev: node.udev
            )
        )
    }

    private var accessFinding: Finding {
        switch device.access {
        case .granted: return .ok(.access, .mayOpen(how))
        case .noNode: return noNode
        case .denied: return denied
        }
    }

    /// Why the node lets this user in.
    private var how: Text {
        guard let node else { return .openAsListed }
        if surroundings.userID == 0 { return .openAsRoot }
        if node.accessControl.namedUsers.contains(surroundings.userID) { return .openBySeat }
        if node.isForGroup, surroundings.groupIDs.contains(node.group) {
            return .openByGroup(surroundings.groupName(node.group))
        }
        return .openAsListed
    }

    private var noNode: Finding {
        if let sandbox { return sandbox }
        if let container = confinement.container { return self.container(container) }
        return .problem(.access, .noNode, .noNode(key.name, path: key.path), step: .noNodeHint)
    }

    private var denied: Finding {
        if let sandbox { return sandbox }
        guard let node else { return noNode }
        if surroundings.userID != 0, node.lets(surroundings) {
            if let container = confinement.container { return self.container(container) }
            return .problem(
                .access,
                .securityModule,
                .deniedAnyway(key.name, path: key.path),
                step: .securityModuleStep
            )
        }
        if node.udev.isForSeat || node.isForGroup { return notForThisUser(node) }
        guard rules.grantsAccess else {
            return .problem(
                .access,
                .noRule,
                .noRule(key.name, path: key.path),
                step: .noRuleStep,
                commands: ruleCommands
            )
        }
        return notInEffect
    }

    private var notInEffect: Finding {
        guard surroundings.exists("/run/udev/control") else {
            let evidence = Text.noUdevdFor(key.name, path: key.path)
            return .problem(.access, .ruleNotInEffect, evidence, step: .startUdevd)
        }
        return .problem(
            .access,
            .ruleNotInEffect,
            .ruleNotInEffect(key.name, path: key.path, rule: rules.late.first ?? rules.granting.first ?? ""),
            step: rules.late.isEmpty ? .replugStep : .renameRuleStep,
            commands: rules.late.isEmpty ? ShellCommands.applyRules : []
        )
    }

    /// The rule is in effect, for the person at the seat or a group, and this user is neither.
    private func notForThisUser(_ node: DeviceNode) -> Finding {
        let group = surroundings.groupName(node.group)
        if node.isForGroup, surroundings.group(named: group)?.hasUser == true {
            return .problem(
                .access,
                .groupNotInEffect,
                .groupNotInEffect(surroundings.userName(surroundings.userID), group),
                step: .logInAgain
            )
        }
        if session.seat != nil { return notInEffect }
        let evidence = Text.onlyForSeat(key.name, path: key.path, session: session)
        let commands = node.isForGroup ? joinGroup(group) : ruleCommands
        return .problem(
            .access,
            .notAtSeat,
            evidence,
            step: node.isForGroup ? .joinGroupStep(group) : .groupRuleStep,
            commands: commands
        )
    }

    /// Our rule, and for somebody who is not at the seat the group that it names.
    private var ruleCommands: [String] {
        let needsGroup = session.seat == nil
        let hasGroup = needsGroup || surroundings.group(named: "plugdev") != nil
        return (needsGroup ? joinGroup("plugdev") : []) + ShellCommands.installRule(hasGroup: hasGroup)
    }

    private func joinGroup(_ name: String) -> [String] {
        let group = surroundings.group(named: name)
        guard surroundings.userID != 0, group?.hasUser != true, !surroundings.groupIDs.contains(group?.id ?? 0) else {
            return []
        }
        let user = surroundings.userName(surroundings.userID)
        return (group == nil ? [ShellCommands.add(group: name)] : []) + [ShellCommands.add(user: user, to: name)]
    }

    private var sandbox: Finding? {
        if let snap = confinement.snap {
            let command = ShellCommands.connect(snap: snap)
            return .problem(.access, .snap, .snapDenies(snap, key.name), step: .snapStep(snap), commands: [command])
        }
        guard let app = confinement.flatpak else { return nil }
        let command = ShellCommands.giveDevices(toFlatpak: app)
        return .problem(.access, .flatpak, .flatpakDenies(app, key.name), step: .flatpakStep(app), commands: [command])
    }

    func container(_ name: String) -> Finding {
        .problem(.access, .container, .containerDenies(name, key.name, path: key.path), step: .containerStep(key.path))
    }
}
