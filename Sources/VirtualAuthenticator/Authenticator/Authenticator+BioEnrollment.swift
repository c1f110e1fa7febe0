import CTAP2

/// authenticatorBioEnrollment (CTAP 2.1 §6.7): dispatches the subcommands and implements those for enrolled fingers.
extension Authenticator {
    private static let fingerprint: UInt64 = 1

    func bioEnrollment(_ request: BioEnrollmentParameters) throws(Refusal) -> CommandStep {
        if request.getModality == true { return .finished([0x01: .unsigned(Self.fingerprint)]) }
        let subCommand = try request.subCommand.required()
        guard try request.modality.required() == Self.fingerprint else { throw Refusal(.invalidParameter) }
        switch subCommand {
        case 0x01: return try enrollBegin(request)
        case 0x02: return try enrollCaptureNextSample(request)
        case 0x03:
            reader.enrollment = nil
            return .finished(nil)
        case 0x04: return try enumerateEnrollments(request)
        case 0x05: return try setFriendlyName(request)
        case 0x06: return try removeEnrollment(request)
        case 0x07: return .finished(sensorInfo)
        default: throw Refusal(.invalidSubcommand)
        }
    }

    var fingerprints: FingerprintSettings { settings.management.fingerprints }

    private var sensorInfo: CBORMap {
        [
            0x02: .int(fingerprints.fingerprintKind), 0x03: .int(fingerprints.maxCaptureSamplesRequiredForEnroll),
            0x08: .int(fingerprints.maxTemplateFriendlyName),
        ]
    }

    private func enumerateEnrollments(_ request: BioEnrollmentParameters) throws(Refusal) -> CommandStep {
        _ = try authorize(request.pinUVAuth, for: .bioEnrollment, over: request.message)
        let templates = settings.templates(in: try store.read())
        guard !templates.isEmpty else { throw Refusal(.invalidOption) }
        return .finished([0x07: .array(templates.map { .map($0.cbor) })])
    }

    private func setFriendlyName(_ request: BioEnrollmentParameters) throws(Refusal) -> CommandStep {
        try requirePINUVAuth(request.pinUVAuth)
        let (id, name) = (try request.templateID(), try request.friendlyName())
        guard name.utf8.count <= fingerprints.maxTemplateFriendlyName else { throw Refusal(.invalidLength) }
        _ = try authorize(request.pinUVAuth, for: .bioEnrollment, over: request.message)
        try changeTemplates { templates throws(Refusal) in
            guard let place = templates.firstIndex(where: { $0.id == id }) else { throw Refusal(.invalidOption) }
            templates[place].name = name
        }
        return .finished(nil)
    }

    private func removeEnrollment(_ request: BioEnrollmentParameters) throws(Refusal) -> CommandStep {
        try requirePINUVAuth(request.pinUVAuth)
        let id = try request.templateID()
        _ = try authorize(request.pinUVAuth, for: .bioEnrollment, over: request.message)
        try changeTemplates { templates throws(Refusal) in
            guard let place = templates.firstIndex(where: { $0.id == id }) else { throw Refusal(.invalidOption) }
            templates.remove(at: place)
        }
        return .finished(nil)
    }

    func changeTemplates(_ body: (inout [EnrolledFinger]) throws(Refusal) -> Void) throws(Refusal) {
        try store.change { state throws(Refusal) in
            var templates = settings.templates(in: state)
            try body(&templates)
            state.templates = templates
        }
    }
}
