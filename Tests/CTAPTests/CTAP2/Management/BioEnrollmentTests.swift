@testable import CTAP2
import CTAPHID
import Synchronization
import Testing

@Suite struct BioEnrollmentTests {
    private func enrollment(_ session: Session) throws -> BioEnrollment {
        BioEnrollment(session, command: .bioEnrollment, token: try #require(ManagementBench.token))
    }

    /// Answers captures from a list of samples; the first one answers enrollBegin.
    private func session(_ log: RequestLog, samples: [(UInt8, remaining: Int)]) -> Session {
        ManagementBench.session(log) { _, parameters in
            let captures = log.parameters.filter { $0[2] == 2 }.count
            switch parameters[2]?.int {
            case 1, 2:
                guard samples.indices.contains(captures) else { return [StatusCode.invalidOption.rawValue] }
                let (status, remaining) = samples[captures]
                return success([4: .bytes([7]), 5: .int(Int(status)), 6: .int(remaining)])
            default: return [0]
            }
        }
    }

    @Test func `a finger is enrolled sample by sample, bad ones included`() async throws {
        let log = RequestLog()
        let news = Log<KeyActivity>()
        let session = session(log, samples: [(0, 2), (7, 2), (0, 1), (0x0D, 1), (0, 0)])
        let operation = ManagementBench.operation(reporting: news)
        let template = try await enrollment(session).enroll(sampleTimeout: .seconds(5), operation)
        #expect(template == FingerprintTemplate(id: [7]))
        #expect(
            news.elements == [
                .sample(.good, remaining: 2), .sample(.poorQuality, remaining: 2), .sample(.good, remaining: 1),
                .sample(.noUserActivity, remaining: 1), .sample(.good, remaining: 0),
            ]
        )
        #expect(log.parameters.map { $0[2] } == [1, 2, 2, 2, 2])
        #expect(log.parameters.allSatisfy { $0[1] == 1 && $0[5] != nil && $0[3]?.map?[3] == 5000 })
        #expect(log.parameters.dropFirst().allSatisfy { $0[3]?.map?[1] == .bytes([7]) })
    }

    @Test func `a failure in the middle ends the enrolment on the key`() async throws {
        let log = RequestLog()
        let enrollment = try enrollment(session(log, samples: [(0, 2), (0, 1)]))
        await #expect(throws: SessionError.status(.invalidOption, .bioEnrollment)) {
            try await enrollment.enroll(ManagementBench.operation)
        }
        #expect(log.parameters.last == [1: 1, 2: 3])
    }

    @Test(arguments: [[], [(0, 2)]] as [[(UInt8, remaining: Int)]])
    func `a sample that finds no room ends the enrolment, on the key too`(before: [(UInt8, remaining: Int)])
        async throws
    {
        let log = RequestLog()
        let enrollment = try enrollment(session(log, samples: before + [(0x0C, 2), (0, 1), (0, 0)]))
        await #expect(throws: SessionError.status(.fingerprintDatabaseFull, .bioEnrollment)) {
            try await enrollment.enroll(ManagementBench.operation)
        }
        #expect(log.parameters.map { $0[2] } == [1] + before.map { _ in 2 } + [3])
    }

    @Test func `a beginning without a template's ID is ended on the key`() async throws {
        let log = RequestLog()
        let session = ManagementBench.session(log) { _, _ in success([5: 0, 6: 2]) }
        let enrollment = try enrollment(session)
        await #expect(throws: SessionError.malformed(.cbor(.missing(member: "templateId")), .bioEnrollment)) {
            try await enrollment.enroll(ManagementBench.operation)
        }
        #expect(log.parameters.map { $0[2] } == [1, 3])
    }

    @Test func `a refused beginning leaves nothing to end`() async throws {
        let log = RequestLog()
        let enrollment = try enrollment(session(log, samples: []))
        await #expect(throws: SessionError.status(.invalidOption, .bioEnrollment)) {
            try await enrollment.enroll(ManagementBench.operation)
        }
        #expect(log.parameters.map { $0[2] } == [1])
    }

    @Test func `a cancel in the middle ends the enrolment on the key`() async throws {
        let log = RequestLog()
        let task = Mutex<Task<FingerprintTemplate, any Error>?>(nil)
        let mayBegin = AsyncStream.makeStream(of: Void.self)
        let session = ManagementBench.session(log) { _, parameters in
            if parameters[2] == 2 { task.withLock { $0?.cancel() } }
            return success([4: .bytes([7]), 5: 0, 6: 3])
        }
        let enrollment = try enrollment(session)
        let running = Task { () async throws -> FingerprintTemplate in
            for await _ in mayBegin.stream { break }
            return try await enrollment.enroll(ManagementBench.operation)
        }
        task.withLock { $0 = running }
        mayBegin.continuation.yield()
        await #expect(throws: SessionError.self) { try await running.value }
        // The sample beat the cancel and may have been the last one, so a stored template is removed.
        #expect(log.parameters.map { $0[2] } == [1, 2, 3, 6])
    }

    @Test func `fingerprints are listed with their names if they have one, and an empty list is not an error`()
        async throws
    {
        let templates: CBORValue = [[1: .bytes([1]), 2: "thumb"], [1: .bytes([2])], [1: .bytes([3]), 2: ""]]
        let some = ManagementBench.session { _, _ in success([7: templates]) }
        #expect(
            try await enrollment(some).fingerprints(ManagementBench.operation) == [
                FingerprintTemplate(id: [1], name: "thumb"), FingerprintTemplate(id: [2]), FingerprintTemplate(id: [3]),
            ]
        )
        let none = ManagementBench.session { _, _ in [StatusCode.invalidOption.rawValue] }
        #expect(try await enrollment(none).fingerprints(ManagementBench.operation).isEmpty)
    }

    @Test func `the sensor is asked for without a token`() async throws {
        let log = RequestLog()
        let session = ManagementBench.session(log) { command, parameters in
            guard command == .bioEnrollment else { return info([4: ["bioEnroll": false]]) }
            return parameters[6] == true ? success([1: 1]) : success([2: 1, 3: 4, 8: 15])
        }
        let sensor = try await session.fingerprintSensor(ManagementBench.operation)
        #expect(sensor == FingerprintSensor(kind: .touch, maximumSampleCount: 4, maximumNameByteCount: 15))
        #expect(log.parameters.allSatisfy { $0[5] == nil })
    }

    @Test func `a key without a sensor is not asked`() async {
        let session = ManagementBench.session { _, _ in info() }
        await #expect(throws: SessionError.refused(.notSupported, .bioEnrollment)) {
            try await session.fingerprintSensor(ManagementBench.operation)
        }
    }
}
