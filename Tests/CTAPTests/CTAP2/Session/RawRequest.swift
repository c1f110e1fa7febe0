import CTAP2

/// Any command with any parameters; the response is its map.
struct RawRequest: CTAPRequest {
    let command: CTAPCommand
    let cbor: CBORMap

    init(_ command: CTAPCommand, _ parameters: CBORMap = [:]) {
        self.command = command
        cbor = parameters
    }

    func response(_ members: CBORMap) -> CBORMap { members }
}
