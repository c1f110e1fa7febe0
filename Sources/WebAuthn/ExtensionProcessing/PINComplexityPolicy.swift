/// pinComplexityPolicy (CTAP 2.3 §12.6): whether the key rejects simple PINs.
struct PINComplexityPolicy: PINPolicyExtension {
    static let identifier = "pinComplexityPolicy"
}
