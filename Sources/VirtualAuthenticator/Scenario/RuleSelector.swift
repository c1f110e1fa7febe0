import CTAPHID

/// A scenario's rules with their use counts.
struct RuleSelector {
    private var rules: [Scenario.Rule]
    /// Whether the key has received a CANCEL.
    var hasSeenCancel = false

    init(_ rules: [Scenario.Rule]) {
        self.rules = rules
    }

    /// The rule for a new request with its index, if there is one. Increments its use count.
    mutating func rule(for command: HIDCommand, data: [UInt8]) -> (Scenario.Rule, index: Int)? {
        for index in rules.indices {
            guard rules[index].target.fits(command, data: data), !rules[index].isAfterCancel || hasSeenCancel
            else { continue }
            guard rules[index].skip == 0 else {
                rules[index].skip -= 1
                continue
            }
            guard rules[index].times != 0 else { continue }
            rules[index].times = rules[index].times.map { $0 - 1 }
            return (use(index), index)
        }
        return nil
    }

    /// Counts down `busy` in the rule; once it is used up, the returned rule lacks it.
    private mutating func use(_ index: Int) -> Scenario.Rule {
        let rule = rules[index]
        rules[index].faults = rule.faults.compactMap { fault in
            guard case .busy(let count) = fault else { return fault }
            return count > 1 ? .busy(count - 1) : nil
        }
        return rule
    }
}
