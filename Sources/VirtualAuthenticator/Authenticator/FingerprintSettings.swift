/// How fingers are enrolled on a key that has a sensor for them; names are the specification's where it has them.
public struct FingerprintSettings: Hashable, Sendable {
    /// How the key has bioEnrollment; empty: it lacks it, and is used with the finger that it was made with.
    public var bioEnrollment = Set(ManagementSettings.CommandForm.allCases)
    /// Whether a finger that the key knows is enough to enrol another.
    public var uvBioEnroll = true
    /// 1: the finger is put on it; 2: it is swiped.
    public var fingerprintKind = 1
    public var maxCaptureSamplesRequiredForEnroll = 4
    /// In bytes of UTF-8.
    public var maxTemplateFriendlyName = 64
    /// How many fingers there is room for.
    public var capacity = 5
    /// What becomes of the next samples after power-up (lastEnrollSampleStatus); those after them are good.
    public var sampleStatuses: [UInt8] = []

    public init() {}
}
