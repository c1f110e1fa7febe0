internal import CPublicSuffixes
internal import FoundationEssentials

/// The public suffix list: the domains below which anyone can register one (https://publicsuffix.org).
///
/// Both of its sections count, as in browsers: registries, and companies that give subdomains to their customers.
struct PublicSuffixList: Sendable {
    private let text: [UInt8]

    /// The system's list (Debian's package publicsuffix), or the copy from the sources; read when first needed.
    static let current = PublicSuffixList(file: "/usr/share/publicsuffix/public_suffix_list.dat") ?? builtIn

    /// The copy from the sources.
    static var builtIn: PublicSuffixList {
        var byteCount = 0
        let start = unsafe public_suffix_list(&byteCount)
        return unsafe PublicSuffixList(text: Array(UnsafeRawBufferPointer(start: start, count: byteCount)))
    }

    /// A list in the format of https://github.com/publicsuffix/list/wiki/Format.
    init(text: [UInt8]) {
        self.text = text
    }

    /// `nil` if there is no list in the file.
    init?(file: String) {
        guard let data = try? Data(contentsOf: URL(filePath: file)) else { return nil }
        text = Array(data)
        // A comment of every edition of the list.
        guard text.firstRange(of: Array("===BEGIN ICANN DOMAINS===".utf8)) != nil else { return nil }
    }

    /// How many of the last labels of a host are its public suffix, at least one: a top-level domain without a rule is one.
    func suffixLabelCount(of labels: [Substring]) -> Int {
        // Rules are written in Unicode.
        let labels = labels.map { Punycode.unicode($0) }
        let names = labels.indices.map { labels[$0...].joined(separator: ".") }
        let rules = rules(among: names + names.flatMap { ["!" + $0, "*." + $0] })
        if let exception = names.firstIndex(where: { rules.contains("!" + $0) }) { return labels.count - exception - 1 }
        let longest = names.indices.first { index in
            rules.contains(names[index]) || names.dropFirst(index + 1).first.map { rules.contains("*." + $0) } == true
        }
        return labels.count - (longest ?? labels.count - 1)
    }

    /// Those texts that are rules of the list. A rule is a line up to the first blank.
    private func rules(among texts: [String]) -> Set<String> {
        let wanted = Dictionary(texts.map { (ArraySlice($0.utf8), $0) }) { first, _ in first }
        let lines = text.split(separator: UInt8(ascii: "\n")).map { $0.prefix { $0 > UInt8(ascii: " ") } }
        return Set(lines.compactMap { wanted[$0] })
    }
}
