import CTAP2

extension Scenario {
    /// Reads a scenario file.
    public init(json: [UInt8]) throws(ScenarioError) {
        let file = try JSONReader(json)
        try file.requireMembers(["about", "key", "rules"])
        _ = try file["about"]?.string()
        if let key = file["key"] { try settings.change(as: key) }
        for rule in try file["rules"]?.elements() ?? [] {
            rules.append(try Rule(rule))
        }
    }
}

extension Scenario.Rule {
    fileprivate init(_ rule: JSONReader) throws(ScenarioError) {
        try rule.requireMembers(["on", "after", "skip", "times", "processing", "touch", "uv", "status", "faults"])
        target = try rule["on"]?.name(Scenario.Target.init) ?? .any
        isAfterCancel = try rule["after"]?.name { $0 == "cancel" ? true : nil } ?? false
        skip = try rule["skip"]?.integer(in: 0...1_000_000) ?? 0
        times = try rule["times"]?.integer(in: 1...1_000_000)
        processing = try rule["processing"]?.seconds() ?? .zero
        touch = try rule["touch"]?.name(Scenario.Touch.init)
        verification = try rule["uv"]?.name(Scenario.Verification.init)
        statusWord = rule["status"].flatMap { try? $0.name(Self.statusWord) }
        if statusWord == nil { status = try rule["status"]?.name(StatusCode.init(scenarioName:)) }
        for fault in try rule["faults"]?.elements() ?? [] {
            faults.append(try fault.name(Fault.init))
        }
    }
}

extension Scenario.Rule {
    /// Reads `0x6A80` or `SW_WRONG_DATA`.
    private static func statusWord(named name: String) -> UInt16? {
        let word = U2FStatus.allCases.first { $0.name == name }
        return word?.rawValue ?? (name.hasPrefix("0x") && name.count == 6 ? UInt16(name.dropFirst(2), radix: 16) : nil)
    }
}

extension StatusCode {
    /// Reads `0x36` or `CTAP2_ERR_PIN_BLOCKED`.
    fileprivate init?(scenarioName name: String) {
        let byte =
            name.hasPrefix("0x")
            ? UInt8(name.dropFirst(2), radix: 16)
            : (UInt8.min ... .max).first { StatusCode(rawValue: $0).name == name }
        guard let byte else { return nil }
        self.init(rawValue: byte)
    }
}
