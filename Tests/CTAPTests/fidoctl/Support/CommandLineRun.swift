import Testing
import WebAuthn

/// One finished run of the real program, with the embedded software key.
struct CommandLineRun {
    let end: Program.End
    let output: String
    let errors: String

    init(_ arguments: [String], environment: [String: String] = [:]) async throws {
        let plain = ["LC_ALL": "C.UTF-8", "FIDOCTL_DEVICE": "", "NO_COLOR": ""]
        let program = try Program([Product.fidoctl] + arguments, environment: plain.merging(environment) { $1 })
        end = try await program.end()
        output = program.output.text
        errors = program.errors.text
    }

    /// The members of the object that `--json` prints on failure.
    func failure() throws -> [String: JSONValue] {
        let document = try JSON.decode(JSONValue.self, from: Array(output.utf8))
        guard case .object(let outer) = document, case .object(let error)? = outer["error"] else {
            throw NotAFailure(output: output)
        }
        return error
    }

    /// The members of the object that `--json` prints.
    func document() throws -> [String: JSONValue] {
        guard case .object(let members) = try JSON.decode(JSONValue.self, from: Array(output.utf8)) else {
            return [:]
        }
        return members
    }

    /// The results of the listed checks, by name.
    func checks() throws -> [String: String] {
        guard case .array(let list)? = try document()["checks"] else { return [:] }
        var results: [String: String] = [:]
        for case .object(let check) in list {
            if case .text(let name)? = check["name"], case .text(let result)? = check["result"] {
                results[name] = result
            }
        }
        return results
    }

    struct NotAFailure: Error {
        let output: String
    }
}

extension TemporaryFolder {
    /// Writes a file and returns its path.
    func file(_ name: String, _ text: String) throws -> String {
        try TextFile.write(text, to: path + "/" + name)
        return path + "/" + name
    }

    /// `--device` for the software key whose state is in this folder.
    var device: [String] { ["--device", "virtual:\(path)/key.state"] }
}

extension String {
    /// This JSON with one bit of a member's bytes flipped; a negative `index` counts from the end.
    func flippingBit(of member: String, at index: Int) throws -> String {
        let start = try #require(firstRange(of: "\"\(member)\":\""))
        let rest = self[start.upperBound...]
        let value = rest.prefix { $0 != "\"" }
        var bytes = try Base64URL.decode(String(value))
        let position = index < 0 ? bytes.count + index : index
        try #require(bytes.indices.contains(position))
        bytes[position] ^= 0x01
        return self[..<start.upperBound] + Base64URL.encode(bytes) + rest.dropFirst(value.count)
    }
}
