import CTAP2
import Platform

/// Enrolling a finger, sample by sample (CTAP 2.1 §6.7.4, §6.7.5).
extension Authenticator {
    /// Starts an enrolment and ends an unfinished one.
    func enrollBegin(_ request: BioEnrollmentParameters) throws(Refusal) -> CommandStep {
        _ = try authorize(request.pinUVAuth, for: .bioEnrollment, over: request.message)
        let timeout = try request.timeout()
        reader.enrollment = nil
        guard settings.templates(in: try store.read()).count < fingerprints.capacity else {
            throw Refusal(.fingerprintDatabaseFull)
        }
        let id = store.random.bytes(4)
        reader.enrollment = .init(id: id, remaining: fingerprints.maxCaptureSamplesRequiredForEnroll)
        return capture(within: timeout, response: [0x04: .bytes(id)])
    }

    func enrollCaptureNextSample(_ request: BioEnrollmentParameters) throws(Refusal) -> CommandStep {
        try requirePINUVAuth(request.pinUVAuth)
        let (id, timeout) = (try request.templateID(), try request.timeout())
        _ = try authorize(request.pinUVAuth, for: .bioEnrollment, over: request.message)
        guard reader.enrollment?.id == id else { throw Refusal(.invalidOption) }
        return capture(within: timeout, response: [:])
    }

    /// Waits for a finger; a bad or missing sample is a successful response too.
    private func capture(within timeout: Duration?, response: CBORMap) -> CommandStep {
        let prompt = PresenceRequest(operation: .enroll, gesture: .fingerprint)
        return .waitForUser(prompt, within: timeout) { [unowned self] outcome throws(Refusal) in
            var response = response
            switch outcome {
            case .touched, .notRecognized: response[0x05] = .int(Int(reader.takeSample()))
            case .timedOut: response[0x05] = .int(Int(FingerprintReader.noUserActivity))
            case .declined: throw Refusal(.operationDenied)
            }
            response[0x06] = .int(reader.enrollment?.remaining ?? 0)
            try finishEnrollment()
            return .finished(response)
        }
    }

    private func finishEnrollment() throws(Refusal) {
        guard let enrollment = reader.enrollment, enrollment.remaining <= 0 else { return }
        reader.enrollment = nil
        try changeTemplates { templates throws(Refusal) in
            templates.append(EnrolledFinger(id: enrollment.id))
        }
    }
}
