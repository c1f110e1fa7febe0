import ArgumentParser
import WebAuthn
import Interaction

/// Bytes on the command line.
enum Base64URLOption {
    /// Reads base64url; what is wrong with it goes into the usage error.
    static func parse(_ text: String) throws -> [UInt8] {
        do {
            return try Base64URL.decode(text)
        } catch {
            throw ValidationError(error.explanation)
        }
    }

    /// Reads base64url values with commas between them.
    static func parseList(_ text: String) throws -> [[UInt8]] {
        try text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
            try parse(String(Substring($0)))
        }
    }

    /// Reads base64url or base64, padded or not, of a SHA-256 hash: other programs print theirs in any of these.
    static func parseHash(_ text: String) throws -> [UInt8] {
        let unpadded = text.hasSuffix("=") ? String(text.prefix { $0 != "=" }) : text
        let urlSafe = String(unpadded.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
        let hash = try parse(urlSafe)
        guard hash.count == 32 else { throw ValidationError(.hashLength(hash.count)) }
        return hash
    }
}
