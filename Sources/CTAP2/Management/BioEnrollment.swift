import Platform

/// Enrols, lists, names and removes fingerprints (CTAP 2.3 §6.7).
///
/// Requires a token with the permission `bioEnrollment`, see `OpenKey.bioEnrollment()`.
public struct BioEnrollment: Sendable {
    private let session: Session
    private let token: PINUVAuthToken
    private let command: CTAPCommand

    /// `command` is the one that the key supports, see `AuthenticatorInfo.bioEnrollmentCommand`.
    public init(_ session: Session, command: CTAPCommand, token: PINUVAuthToken) {
        self.session = session
        self.command = command
        self.token = token
    }

    /// Captures samples of a finger until the key has enough of them, and stores the fingerprint.
    ///
    /// Reports every sample as `KeyActivity.sample`. The key waits at most `sampleTimeout` for a sample; a missing one
    /// is requested again until the operation's deadline. If the enrolment fails or is cancelled, the key discards it.
    public func enroll(
        sampleTimeout: Duration = .seconds(10),
        _ operation: Operation
    ) async throws(SessionError) -> FingerprintTemplate {
        let milliseconds = Int(clamping: sampleTimeout.inNanoseconds / 1_000_000)
        let begin = authorized(.enrollBegin) { $0.timeoutMilliseconds = milliseconds }
        var template: FingerprintTemplate?
        do throws(SessionError) {
            let first = try await session.send(begin, operation)
            guard let id = first.templateId else { throw begin.missing("templateId") }
            template = FingerprintTemplate(id: id)
            let next = authorized(.enrollCaptureNextSample) { request in
                request.templateId = id
                request.timeoutMilliseconds = milliseconds
            }
            try await session.job { exchange throws(SessionError) in
                var remaining = try next.remaining(after: first, operation)
                while remaining > 0 {
                    remaining = try next.remaining(after: exchange.send(next, operation), operation)
                }
            }
            await session.forgetInfo()
            return FingerprintTemplate(id: id)
        } catch {
            await end(template, after: error)
            throw error
        }
    }

    /// The enrolled fingerprints.
    public func fingerprints(_ operation: Operation) async throws(SessionError) -> [FingerprintTemplate] {
        do throws(SessionError) {
            return try await session.send(authorized(.enumerateEnrollments), operation).templateInfos
        } catch {
            // The response of a key without fingerprints (CTAP 2.3 §6.7.6).
            guard error.status == .invalidOption else { throw error }
            return []
        }
    }

    /// Renames a fingerprint; `FingerprintSensor` has the maximum length of a name.
    public func rename(
        _ fingerprint: FingerprintTemplate,
        to name: String,
        _ operation: Operation
    ) async throws(SessionError) {
        let request = authorized(.setFriendlyName) { request in
            request.templateId = fingerprint.id
            request.templateFriendlyName = name
        }
        _ = try await session.send(request, operation)
    }

    public func remove(_ fingerprint: FingerprintTemplate, _ operation: Operation) async throws(SessionError) {
        _ = try await session.send(authorized(.removeEnrollment) { $0.templateId = fingerprint.id }, operation)
        await session.forgetInfo()
    }

    /// Cancels the enrolment on the key, in a separate task since this one may be cancelled. If the last sample
    /// completed before the cancel, the fingerprint is already stored and must be removed.
    private func end(_ template: FingerprintTemplate?, after error: SessionError) async {
        let mayHaveBegun =
            switch error {
            case .transport, .malformed: true
            case .status, .u2f, .refused: template != nil
            }
        guard mayHaveBegun else { return }
        let cancel = BioEnrollmentRequest(.cancelCurrentEnrollment, command: command)
        let remove = template.map { template in authorized(.removeEnrollment) { $0.templateId = template.id } }
        await Task { [session] in
            let operation = Operation(within: Self.timeToEnd)
            _ = try? await session.send(cancel, operation)
            if let remove, error.succeededOnKey { _ = try? await session.send(remove, operation) }
        }.value
    }

    /// The time limit for cancelling an enrolment.
    private static let timeToEnd = Duration.seconds(2)

    private func authorized(
        _ subCommand: BioEnrollmentSubCommand,
        _ fill: (inout BioEnrollmentRequest) -> Void = { _ in }
    ) -> BioEnrollmentRequest {
        var request = BioEnrollmentRequest(subCommand, command: command)
        fill(&request)
        request.authorize(with: token)
        return request
    }
}

/// A key's fingerprint sensor (CTAP 2.3 §6.7.2, §6.7.3).
public struct FingerprintSensor: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case touch
        case swipe
        case other(Int)
    }

    public var kind: Kind
    /// The most good samples that an enrolment needs; `nil` if the key does not report it.
    public var maximumSampleCount: Int?
    /// The longest name of a fingerprint, in bytes of UTF-8; `nil` if the key does not report it.
    public var maximumNameByteCount: Int?

    public init(kind: Kind, maximumSampleCount: Int?, maximumNameByteCount: Int?) {
        self.kind = kind
        self.maximumSampleCount = maximumSampleCount
        self.maximumNameByteCount = maximumNameByteCount
    }
}

extension Session {
    /// Reads the properties of the key's fingerprint sensor; needs no token.
    public func fingerprintSensor(_ operation: Operation) async throws(SessionError) -> FingerprintSensor {
        try await requireCTAP2(for: .bioEnrollment, operation)
        guard let command = try await getInfo(operation).bioEnrollmentCommand else {
            throw .refused(.notSupported, .bioEnrollment)
        }
        let modality = try await send(BioEnrollmentRequest(nil, command: command), operation).modality
        guard modality == Int(BioEnrollmentRequest.fingerprint) else { throw .refused(.notSupported, command) }
        let response = try await send(BioEnrollmentRequest(.getFingerprintSensorInfo, command: command), operation)
        let kind: FingerprintSensor.Kind =
            switch response.fingerprintKind {
            case 1: .touch
            case 2: .swipe
            case let number: .other(number ?? 0)
            }
        return FingerprintSensor(
            kind: kind,
            maximumSampleCount: response.maxCaptureSamplesRequiredForEnroll,
            maximumNameByteCount: response.maxTemplateFriendlyName
        )
    }
}

extension BioEnrollmentRequest {
    fileprivate func missing(_ member: String) -> SessionError {
        .malformed(.cbor(.missing(member: member)), command)
    }

    /// Reports the sample and returns the number of good samples still needed. A key without room for another fingerprint
    /// may report that in a sample, and would request more of them until the deadline.
    fileprivate func remaining(
        after response: BioEnrollmentResponse,
        _ operation: Operation
    ) throws(SessionError) -> Int {
        guard let remaining = response.remainingSamples else { throw missing("remainingSamples") }
        let sample = response.lastEnrollSampleStatus ?? .good
        operation.report(.sample(sample, remaining: remaining))
        guard sample != .databaseFull else { throw .status(.fingerprintDatabaseFull, command) }
        return remaining
    }
}
