/// What the key knows of its user until it loses its power.
struct VerificationState {
    var keyAgreement = KeyAgreement()
    /// The one token in use; a new one of either protocol ends it.
    var token: PINUVToken?
    /// Wrong PINs since the last right one.
    var mismatchesInARow = 0

    /// After so many wrong PINs in a row the key has to be unplugged (CTAP 2.1 §6.5.5.6).
    private static let mismatchLimit = 3

    /// Whether PINs are refused until the next power-up (powerCycleState).
    var needsPowerCycle: Bool { mismatchesInARow >= Self.mismatchLimit }
}
