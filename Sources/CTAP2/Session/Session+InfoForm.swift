import CTAPHID

extension Session {
    /// How the key's response to getInfo departs from canonical CBOR, which CTAP2 requires of it (CTAP 2.1 §8); `nil` if it
    /// does not. Other commands accept such a response.
    package func deviationOfInfo(_ operation: Operation) async throws(SessionError) -> CBORError? {
        let response: [UInt8]
        do throws(CTAPHIDError) {
            response = try await connection.transact(.cbor, GetInfoRequest().message, by: operation.deadline)
        } catch {
            throw .transport(error, .getInfo)
        }
        do throws(CBORError) {
            _ = try CBORDecoder.decode(Array(response.dropFirst()), rules: .canonical)
            return nil
        } catch {
            return error
        }
    }
}
