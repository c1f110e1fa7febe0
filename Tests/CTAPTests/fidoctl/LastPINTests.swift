import CTAP2
import Testing
@testable import Interaction

/// What must not be sent to a key again.
@Suite final class LastPINTests {
    private let last = LastPIN()

    private func accepts(_ pin: String, _ reason: PINRequest.Reason) throws(Failure) {
        let request = PINRequest(reason: reason, retries: 7, minimumCodePoints: 4)
        _ = try last.accept(Secret(copying: pin.utf8), for: request)
    }

    private func refusal(_ pin: String) -> FailureCode? {
        do throws(Failure) {
            try accepts(pin, .wrong)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func `a PIN that was wrong is refused, and another is accepted`() throws {
        try accepts("1234", .needed)
        #expect(refusal("1234") == .pinInvalid)
        #expect(refusal("4321") == nil)
        #expect(refusal("1234") == nil)
    }

    @Test func `a PIN that could not be sent does not take the place of the wrong one`() throws {
        try accepts("1234", .needed)
        #expect(refusal("") == .badData)
        #expect(refusal("1234") == .pinInvalid)
    }

    @Test func `a PIN that was not wrong may come again`() throws {
        try accepts("1234", .needed)
        try accepts("1234", .builtInFailed)
    }
}
