import Foundation

/// The bytes that every program decodes and verifies: lines of a name and hexadecimal digits in samples.txt.
struct Samples {
    private let samples: [Substring: [UInt8]]

    init() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../samples.txt")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        samples = try Dictionary(
            uniqueKeysWithValues: lines.filter { !$0.hasPrefix("#") }.map { line in
                let words = line.split(separator: " ")
                guard words.count == 2 else { throw MissingSample(name: String(line)) }
                return (words[0], Self.bytes(words[1]))
            }
        )
    }

    subscript(name: String) -> [UInt8] {
        get throws {
            guard let sample = samples[name[...]] else { throw MissingSample(name: name) }
            return sample
        }
    }

    private static func bytes(_ digits: Substring) -> [UInt8] {
        let values = digits.utf8.map { UInt8($0 < 0x3A ? $0 - 0x30 : $0 - 0x57) }
        return stride(from: 0, to: values.count - 1, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }
}

struct MissingSample: Error {
    let name: String
}
