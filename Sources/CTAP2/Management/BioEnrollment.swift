import Platform

/// Enrols, lists, names and removes fingerprints (CTAP 2.3 §6.7).
///
/// Takes a token for `bioEnrollment`, see `OpenKey.bioEnrollment()`.
public struct BioEnrollment: Sendable {
    private let session: Session
    private let token: PINUVAuthToken
    private let command: CTAPCommand

    /// `command` is the key's own, see `AuthenticatorInfo.bioEnrollmentCommand`.
    public init(_ session: Session, command: CTAPCommand, token: PINUVAuthToken) {
        self.session = session
        self.command = command
        self.token = token
    }

    /// Has the user put a finger on the sensor until the key has enough of it, and stores the fingerprint.
    ///
    /// Every sample is reported as `KeyActivity.sample`; for each the key waits at most `sampleTimeout`, and then asks again,
    /// until the operation's deadline. An enrolment that is cancelled, or fails, is ended on the key, which keeps nothing of it.
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
            // How a key without any answers (CTAP 2.3 §6.7.6).
            guard error.status == .invalidOption else { throw error }
            return []
        }
    }

    /// Gives a fingerprint a name; its longest, in bytes of UTF-8, is in `FingerprintSensor`.
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

    /// Ends the enrolment on the key, in a task of its own: this one may be cancelled. Where the last sample beat the cancel,
    /// the fingerprint is stored already, and removed.
    private func end(_ template: FingerprintTemplate?, after error: SessionError) async {
        let mayHaveBegun = if case .transport = error { true } else { template != nil }
        guard mayHaveBegun else { return }
        let cancel = BioEnrollmentRequest(.cancelCurrentEnrollment, command: command)
        let remove = template.map { template in authorized(.removeEnrollment) { $0.templateId = template.id } }
        await Task { [session] in
            let operation = Operation(within: Self.timeToEnd)
            _ = try? await session.send(cancel, operation)
            if let remove, error.succeededOnKey { _ = try? await session.send(remove, operation) }
        }.value
    }

    /// How long a key may take to end an enrolment.
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
        /// The finger is put onto it.
        case touch
        /// The finger is drawn across it.
        case swipe
        case other(Int)
    }

    public var kind: Kind
    /// How many good samples an enrolment takes at most; `nil` where the key does not say.
    public var maximumSampleCount: Int?
    /// The longest name of a fingerprint, in bytes of UTF-8; `nil` where the key does not say.
    public var maximumNameByteCount: Int?

    public init(kind: Kind, maximumSampleCount: Int?, maximumNameByteCount: Int?) {
        self.kind = kind
        self.maximumSampleCount = maximumSampleCount
        self.maximumNameByteCount = maximumNameByteCount
    }
}

extension Session {
    /// What the key's fingerprint sensor is like; takes no token.
    public func fingerprintSensor(_ operation: Operation) async throws(SessionError) -> FingerprintSensor {
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

    /// How many good samples are still needed; reports the sample. Keys that have no room for another fingerprint may say
    /// so by a sample, and would ask for more of them until the deadline.
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
