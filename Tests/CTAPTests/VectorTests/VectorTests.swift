import Foundation
import Testing

/// Runs every known answer of the project's own folder and, if it exists, of the published collection: the folder in
/// the environment variable `FIDOCTL_VECTORS`, or else `../shared/vectors` beside the package.
@Suite("Known answers")
struct VectorTests {
    private static let folders = Result { try [VectorFolder.own()] + publishedPaths().map(VectorFolder.init(path:)) }

    static var vectors: [Vector] { ((try? folders.get()) ?? []).flatMap(\.vectors) }

    private static func publishedPaths() -> [String] {
        if let named = ProcessInfo.processInfo.environment["FIDOCTL_VECTORS"] { return [named] }
        let package = URL(filePath: #filePath).appending(path: "../../../..").standardized
        let published = package.appending(path: "../shared/vectors").standardized.path
        return FileManager.default.fileExists(atPath: published) ? [published] : []
    }

    @Test("every file can be read and holds as many entries as it says, each with an ID of its own")
    func collections() throws {
        for folder in try Self.folders.get() {
            #expect(!folder.files.isEmpty, "\(folder.path)")
            #expect(Set(folder.vectors.map(\.id)).count == folder.vectors.count, "\(folder.path)")
            for file in folder.files {
                #expect(file.announcedCount == file.vectors.count, "\(file.name)")
            }
        }
    }

    @Test("each holds", arguments: vectors)
    func answer(_ vector: Vector) async throws {
        let checks = VectorCheck.all.filter { $0.claims(vector) }
        #expect(!checks.isEmpty, "nothing tests it")
        #expect(checks.count <= 1, "several checks claim it: \(checks.map(\.name))")
        for check in checks {
            let data = KnownAnswer(vector.data, path: "data")
            let expect = KnownAnswer(vector.expect, path: "expect")
            try await check.run(data, expect)
            #expect(expect.unread.isEmpty, "nothing looked at these")
        }
    }
}
