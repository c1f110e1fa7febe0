/// The state of user verification until power is lost.
struct VerificationState {
    var keyAgreement = KeyAgreement()
    /// The token in use; issuing a new one for either protocol invalidates it.
    var token: PINUVToken?
    /// Wrong PINs since the last right one.
    var mismatchesInARow = 0

    /// The number of wrong PINs in a row after which the key must be replugged (CTAP 2.1 §6.5.5.6).
    private static let mismatchLimit = 3

    /// Whether PINs are rejected until the next power-up (powerCycleState).
    var needsPowerCycle: Bool { mismatchesInARow >= Self.mismatchLimit }
}
