import ArgumentParser
import CTAP2
import Interaction
import Platform

/// `fidoctl fingerprints enroll`
struct FingerprintEnrollCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "enroll",
        abstract: "Enrol a fingerprint.",
        discussion: """
            The sensor scans your finger several times; the prompt shows how often, and what was wrong with a scan. \
            Ctrl-C cancels the enrolment on the key, which then keeps nothing of it.
            """
    )

    @Option(
        help: ArgumentHelp("The fingerprint's name, such as \"right thumb\".", valueName: "text"),
        transform: FingerprintNameOption.parse
    )
    var name: String?

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let run = try KeyRun(key, for: .enroll)
        let notes = ChangeNotes(unchanged: .noFingerprintKept, check: .enrollmentInDoubt)
        let (enrolled, keyName) = try await run.change(notes) { key, change throws(UserVerificationError) in
            _ = try await key.fingerprintSensor(taking: name)
            let enrollment = try await key.bioEnrollment()
            // Some keys do not report that they wait for a finger.
            run.line.show(.touch([KeyName(key.description).name], .enroll))
            let fingerprint = try await change.make { () throws(SessionError) in
                try await enrollment.enroll(key.operation)
            }
            guard let name else { return fingerprint }
            do throws(SessionError) {
                try await enrollment.rename(fingerprint, to: name, key.operation)
            } catch {
                var failure = Failure.session(error, key: KeyName(key.description).name)
                failure.message = .notNamed(fingerprint.id.hexadecimal)
                throw .interaction(failure)
            }
            return FingerprintTemplate(id: fingerprint.id, name: name)
        }
        let lines = [Text.enrolled(enrolled.label, keyName.name).localized]
        try output.print(FingerprintOnKey(enrolled, on: keyName), lines: lines)
    }
}
