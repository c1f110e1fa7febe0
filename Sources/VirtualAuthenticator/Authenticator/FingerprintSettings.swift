/// The settings of a key's fingerprint sensor, under the specification's names where it has any.
public struct FingerprintSettings: Hashable, Sendable {
    /// The supported forms of bioEnrollment; if empty, only the initial finger can be used.
    public var bioEnrollment = Set(ManagementSettings.CommandForm.allCases)
    /// Whether an enrolled finger authorizes enrolling another one.
    public var uvBioEnroll = true
    /// 1 for touch, 2 for swipe (CTAP 2.1 §6.7.3).
    public var fingerprintKind = 1
    public var maxCaptureSamplesRequiredForEnroll = 4
    /// In bytes of UTF-8.
    public var maxTemplateFriendlyName = 64
    /// The most enrolled fingers.
    public var capacity = 5
    /// The results of the first samples after power-up (lastEnrollSampleStatus); later ones are good.
    public var sampleStatuses: [UInt8] = []

    public init() {}
}
