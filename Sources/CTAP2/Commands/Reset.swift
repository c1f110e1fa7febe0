/// Erases the key: every credential, its PIN and its settings (CTAP 2.1 §6.6).
///
/// Most keys accept it only within ten seconds of being plugged in, and after a touch.
public struct ResetRequest: CTAPRequest {
    public init() {}

    public var command: CTAPCommand { .reset }
    public var cbor: CBORMap { [:] }

    public func response(_ members: CBORMap) {}
}
