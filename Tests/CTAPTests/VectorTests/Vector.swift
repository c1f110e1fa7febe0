import Foundation
import Testing

/// A known answer: an entry of one of the collection's files.
struct Vector: Sendable {
    let id: String
    /// The name of its file, such as `make_credential.json`.
    let file: String
    let data: JSONValue
    let expect: JSONValue

    /// The names of the data's members.
    var shape: Set<String> {
        if case .object(let members) = data { Set(members.keys) } else { [] }
    }

    /// The names of the expected members.
    var expectations: Set<String> {
        if case .object(let members) = expect { Set(members.keys) } else { [] }
    }
}

extension Vector: CustomTestStringConvertible {
    var testDescription: String { file + " " + id }
}

extension Vector: CustomTestArgumentEncodable {
    func encodeTestArgument(to encoder: some Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(file + "/" + id)
    }
}

/// A folder of known answers.
struct VectorFolder: Sendable {
    let path: String
    let files: [File]

    struct File: Sendable {
        let name: String
        let announcedCount: Int
        let vectors: [Vector]
    }

    var vectors: [Vector] { files.flatMap(\.vectors) }

    /// The project's own.
    static func own() throws -> VectorFolder {
        try VectorFolder(path: Bundle.module.bundleURL.appending(path: "Vectors").path)
    }

    /// Reads every JSON file of the folder; throws if one cannot be read, so that none is silently skipped.
    init(path: String) throws {
        self.path = path
        let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".json") }
        files = try names.sorted().map { name in
            let content = try Data(contentsOf: URL(filePath: path).appending(path: name))
            return try File(name: name, JSONDecoder().decode(FileContent.self, from: content))
        }
    }
}

extension VectorFolder.File {
    fileprivate init(name: String, _ content: FileContent) {
        self.name = name
        announcedCount = content.count
        vectors = content.vectors.map {
            Vector(id: $0.id, file: name, data: $0.data ?? .null, expect: $0.expect ?? .null)
        }
    }
}

private struct FileContent: Decodable {
    struct Entry: Decodable {
        let id: String
        let data: JSONValue?
        let expect: JSONValue?
    }

    let about: String
    let count: Int
    let vectors: [Entry]
}
