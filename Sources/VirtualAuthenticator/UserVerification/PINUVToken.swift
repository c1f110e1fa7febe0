import CTAP2
import Crypto

/// What a pinUvAuthToken allows (CTAP 2.1 §6.5.5.7).
struct TokenPermissions: OptionSet, Hashable {
    let rawValue: UInt64

    static let makeCredential = TokenPermissions(rawValue: 0x01)
    static let getAssertion = TokenPermissions(rawValue: 0x02)
    static let credentialManagement = TokenPermissions(rawValue: 0x04)
    static let bioEnrollment = TokenPermissions(rawValue: 0x08)
    static let largeBlobWrite = TokenPermissions(rawValue: 0x10)
    static let authenticatorConfiguration = TokenPermissions(rawValue: 0x20)
    static let readOnlyCredentialManagement = TokenPermissions(rawValue: 0x40)
    static let all = TokenPermissions(rawValue: 0x7F)
    /// The permissions that require an RP ID.
    static let ofSites: TokenPermissions = [.makeCredential, .getAssertion]
}

/// A pinUvAuthToken in use, with its flags and timers (CTAP 2.1 §6.5.2.1).
struct PINUVToken {
    let bytes: [UInt8]
    /// The protocol that it was issued for; it is invalid with the other.
    let pinProtocol: PINProtocol
    private(set) var permissions: TokenPermissions
    /// The RP ID that it is bound to; the first use binds a token without one.
    private(set) var rpId: String?
    private(set) var isUserVerified = true
    private var isUserPresent: Bool
    private let begin: Duration
    private var lastUse: Duration?
    private let isRolling: Bool

    /// The initial usage time limit, and how long its user counts as present (over USB).
    static let usageLimit = Duration.seconds(30)
    static let longestLife = Duration.seconds(600)

    /// `beginUsingPinUvAuthToken`.
    init(
        _ bytes: [UInt8],
        for pinProtocol: PINProtocol,
        permissions: TokenPermissions,
        rpId: String?,
        isUserPresent: Bool,
        isRolling: Bool,
        at now: Duration
    ) {
        self.bytes = bytes
        self.pinProtocol = pinProtocol
        self.permissions = permissions
        self.rpId = rpId
        self.isUserPresent = isUserPresent
        self.isRolling = isRolling
        begin = now
    }

    /// Whether it has not expired.
    func isInUse(at now: Duration) -> Bool {
        guard now < begin + Self.longestLife else { return false }
        guard let lastUse else { return now < begin + Self.usageLimit }
        return !isRolling || now < lastUse + Self.usageLimit
    }

    /// `getUserPresentFlagValue`.
    func isUserPresent(at now: Duration) -> Bool {
        isUserPresent && now < begin + Self.usageLimit
    }

    /// `verify` with the token as the key.
    func verifies(_ code: [UInt8], of message: [UInt8], by pinProtocol: PINProtocol, at now: Duration) -> Bool {
        pinProtocol == self.pinProtocol && isInUse(at: now)
            && pinProtocol.verifies(code, of: message, key: SymmetricKey(data: bytes))
    }

    /// Records a use, for a site if one is given.
    mutating func use(for rpId: String?, at now: Duration) {
        lastUse = now
        if self.rpId == nil { self.rpId = rpId }
    }

    /// Clears the flags and permissions that a touch ends (CTAP 2.1 §6.1.2 step 14, §6.2.2 step 9).
    mutating func spend() {
        isUserPresent = false
        isUserVerified = false
        permissions.formIntersection(.largeBlobWrite)
    }
}
