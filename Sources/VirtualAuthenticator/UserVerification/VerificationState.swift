/// What the key knows of its user until it loses its power.
struct VerificationState {
    var keyAgreement = KeyAgreement()
    /// The one token that is good for something; a new one ends the last, of either protocol.
    var token: PINUVToken?
    /// Wrong PINs since the last right one.
    var mismatchesInARow = 0

    /// After so many wrong PINs the key wants to be unplugged first (CTAP 2.1 §6.5.5.6).
    private static let mismatchLimit = 3

    /// Whether no PIN is taken before the next power-up (powerCycleState).
    var needsPowerCycle: Bool { mismatchesInARow >= Self.mismatchLimit }
}
