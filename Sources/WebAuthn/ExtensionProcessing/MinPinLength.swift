/// minPinLength (CTAP 2.3 §12.5): the shortest PIN that the key accepts.
struct MinPinLength: PINPolicyExtension {
    static let identifier = "minPinLength"
}
