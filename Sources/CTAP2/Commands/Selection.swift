/// Asks for a touch and does nothing else (CTAP 2.1 §6.9).
struct SelectionRequest: CTAPRequest {
    var command: CTAPCommand { .selection }
    var cbor: CBORMap { [:] }

    func response(_ members: CBORMap) {}
}
