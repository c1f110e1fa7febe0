import CTAP2
import CTAPHID
import Glibc
import Platform
import Testing
import VirtualAuthenticator
import WebAuthn
@testable import Interaction
@testable import fidoctl

@Suite struct FailureTests {
    private let key = KeyDescription(name: "Example Key", path: "/dev/hidraw0")

    /// Scripts depend on these names and numbers.
    @Test(
        arguments: [
            ("internal", 1), ("no-credential", 10), ("pin-required", 11), ("pin-invalid", 11), ("pin-blocked", 12),
            ("uv-failed", 13), ("denied", 14), ("excluded", 15), ("unsupported", 16), ("key-full", 17),
            ("pin-policy", 18), ("not-verified", 20), ("usage", 64), ("bad-data", 65), ("no-key", 69), ("io", 74),
            ("timed-out", 75), ("protocol", 76), ("no-permission", 77), ("cancelled", 130),
        ] as [(String, Int32)]
    )
    func namesAndStatusesStay(name: String, status: Int32) {
        #expect(FailureCode(rawValue: name)?.exitStatus == status)
    }

    @Test func thereAreNoOtherNames() {
        #expect(FailureCode.allCases.count == 20)
    }

    @Test(
        arguments: [
            (.noCredentials, .noCredential), (.pinUVAuthTokenRequired, .pinRequired), (.pinInvalid, .pinInvalid),
            (.pinAuthBlocked, .pinBlocked), (.userVerificationBlocked, .uvFailed), (.operationDenied, .denied),
            (.credentialExcluded, .excluded), (.unsupportedAlgorithm, .unsupported), (.keyStoreFull, .keyFull),
            (.pinPolicyViolation, .pinPolicy), (.userActionTimeout, .timedOut), (.invalidCBOR, .protocol),
            (.other, .protocol), (StatusCode(rawValue: 0xF3), .protocol), (.channelBusy, .io),
        ] as [(StatusCode, FailureCode)]
    )
    func statusHasItsCode(status: StatusCode, code: FailureCode) {
        let failure = Failure(SessionError.status(status, .makeCredential), key: key)
        #expect(failure.code == code)
        #expect(failure.status == status.name)
        #expect(failure.statusCode == UInt16(status.rawValue))
        #expect(failure.device == "/dev/hidraw0")
        for language in Language.allCases {
            let message = failure.message.string(in: language)
            #expect(message.contains("Example Key"))
            let detail = failure.detail?.string(in: language)
            #expect(detail?.contains("authenticatorMakeCredential") == true)
            #expect(detail?.contains(status.name) == true)
            #expect(detail?.contains("0x" + String(status.rawValue, radix: 16)) == true)
            #expect(!message.contains("CTAP"))
        }
    }

    @Test(
        arguments: [
            (.noSuchDevice(path: "/dev/x"), .noKey), (.notASecurityKey(path: "/dev/x", reason: "r"), .noKey),
            (.permissionDenied(path: "/dev/x"), .noPermission), (.inUse(path: "/dev/x"), .timedOut),
            (.io(operation: "read", reason: "r"), .io), (.disconnected, .noKey), (.timedOut(.cbor), .timedOut),
            (.silent(.cbor), .io), (.cancelled(.cbor, response: nil), .cancelled),
            (.device(.channelBusy, .cbor), .timedOut), (.device(.invalidSequence, .cbor), .protocol),
            (.device(.invalidCommand, .wink), .unsupported),
            (.device(HIDErrorCode(rawValue: 0x55), .cbor), .protocol),
            (.framing(.alteredEcho, .ping), .protocol), (.requestTooLong(byteCount: 9, maximum: 8), .unsupported),
            (.unsupported(.wink), .unsupported),
        ] as [(CTAPHIDError, FailureCode)]
    )
    func transportErrorHasItsCode(error: CTAPHIDError, code: FailureCode) {
        let failure = Failure(error, key: key)
        #expect(failure.code == code)
        if case .device(let hidCode, _) = error {
            #expect(failure.status == "CTAPHID \(hidCode)")
            #expect(failure.statusCode == UInt16(hidCode.rawValue))
        }
    }

    @Test(
        arguments: [
            (.u2f(.status(.commandNotAllowed), .getAssertion), .unsupported),
            (.u2f(.status(U2FStatusWord(rawValue: 0x6F00)), .makeCredential), .protocol),
            (.u2f(.truncated(member: "counter"), .getAssertion), .protocol),
            (.u2f(.unexpected(member: "certificate"), .makeCredential), .protocol),
            (.refused(.noCTAP2, .clientPIN), .unsupported), (.refused(.noKnownProtocol, .getInfo), .unsupported),
            (.refused(.beyondU2F(.algorithm), .makeCredential), .unsupported),
            (.refused(.beyondU2F(.anyCredential), .getAssertion), .unsupported),
        ] as [(SessionError, FailureCode)]
    )
    func errorOfAU2FKeyHasItsCode(error: SessionError, code: FailureCode) {
        let failure = Failure(error, key: key)
        #expect(failure.code == code)
        for language in Language.allCases {
            #expect(failure.message.string(in: language).contains("Example Key"))
            #expect(failure.message.string(in: language).contains("U2F") || code == .protocol)
        }
        guard case .u2f(.status(let status), _) = error else { return }
        #expect(failure.status == status.description && failure.statusCode == status.rawValue)
    }

    @Test func unknownCodesAreShownInFull() {
        let failure = Failure(CTAPHIDError.device(HIDErrorCode(rawValue: 0x55), .cbor), key: key)
        #expect(failure.message.english.contains("0x55"))
    }

    @Test func `a hint is about what went wrong`() {
        let noDescriptors = CTAPHIDError.io(operation: "open", reason: Errno(code: EMFILE).description)
        #expect(Failure(noDescriptors, key: key).hint?.english.contains("ulimit") == true)
        let tooLong = CTAPHIDError.device(.invalidLength, .ping)
        #expect(Failure(tooLong, key: key).hint?.english.contains("shorter") == true)
        for failure in [Failure(noDescriptors, key: key), Failure(tooLong, key: key)] {
            #expect(failure.hint?.english.contains("unplug") == false)
        }
        let noInfo = Failure(SessionError.status(.invalidCommand, .getInfo), key: key)
        #expect(noInfo.hint?.english.contains("fidoctl info") == false)
    }

    @Test func aSuccessThatBeatTheCancelIsTold() {
        let error = SessionError.transport(.cancelled(.cbor, response: [0]), .makeCredential)
        let failure = Failure(error, key: key)
        #expect(failure.code == .cancelled)
        #expect(failure.hint?.english.contains("may hold a new credential") == true)
        #expect(
            Failure(SessionError.transport(.cancelled(.cbor, response: [0x2D]), .makeCredential), key: key).hint == nil
        )
    }

    @Test func theStateOfAVirtualKeyIsDataOfTheUser() {
        #expect(Failure(KeyStorageError.damaged(path: "f", reason: "cut")).code == .badData)
        #expect(Failure(KeyStorageError.notAKeyState(path: "f", reason: "text")).code == .badData)
        #expect(Failure(KeyStorageError.io(operation: "open", path: "f", reason: "no")).code == .io)
    }

    @Test func namesFromOutsideAreEscaped() {
        let evil = "\u{1B}[2J"
        let errors: [CTAPHIDError] = [
            .noSuchDevice(path: evil), .notASecurityKey(path: evil, reason: evil), .permissionDenied(path: evil),
            .io(operation: evil, reason: evil),
        ]
        for error in errors {
            #expect(!Failure(error, key: key).message.english.contains("\u{1B}"))
        }
        let mismatch = VerificationError.origin(expected: [evil], found: evil)
        #expect(!Failure.notVerified(mismatch).message.japanese.contains("\u{1B}"))
        let device = HIDDeviceInfo(path: "/dev/x", vendorID: 1, productID: 2, manufacturer: evil, product: evil)
        #expect(!KeyName(device).name.contains("\u{1B}"))
    }
}
