import CTAPHID
import Testing

@testable import CTAP2

@Suite struct RaceRulesTests {
    typealias Race = KeyRace<Int, Refusal>

    enum Refusal: Error { case notMine, broken }

    /// The part of an ending that the tests compare.
    private func losers(_ ending: Race.Ending?) -> [KeyDescription]? {
        if case .lost(let losers) = ending { losers.map(\.key) } else { nil }
    }

    private func scanned(_ keys: KeyDescription...) -> Race.RaceRules {
        var rules = Race.RaceRules()
        for key in keys { _ = rules.take(.event(.added(key))) }
        _ = rules.take(.event(.initialScanComplete))
        return rules
    }

    @Test func `nobody starts before the initial scan is complete`() {
        var rules = Race.RaceRules()
        _ = rules.take(.event(.added("a")))
        #expect(rules.takeStarters().isEmpty)
        _ = rules.take(.event(.initialScanComplete))
        #expect(rules.takeStarters() == ["a"])
        #expect(rules.takeStarters().isEmpty)
    }

    @Test func `a key that drops out does not end the race of the others`() {
        var rules = scanned("a", "b")
        _ = rules.takeStarters()
        #expect(rules.take(.ended("a", .droppedOut(.notMine))) == nil)
        #expect(losers(rules.take(.ended("b", .droppedOut(.notMine)))) == ["a", "b"])
    }

    @Test func `a refusal at one key ends the race of all`() {
        var rules = scanned("a", "b")
        _ = rules.takeStarters()
        guard case .refused("a", .notMine) = rules.take(.ended("a", .refused(.notMine))) else {
            Issue.record("the race goes on")
            return
        }
    }

    @Test func `the last key pulled out means waiting, not losing`() {
        var rules = scanned("a")
        _ = rules.takeStarters()
        #expect(rules.take(.ended("a", .unplugged)) == nil)
        #expect(rules.isEmpty)
        #expect(rules.take(.event(.added("b"))) == nil)
        #expect(rules.takeStarters() == ["b"])
    }

    @Test func `pulling out the only key that was still at it waits although another dropped out`() {
        var rules = scanned("a", "b")
        _ = rules.takeStarters()
        _ = rules.take(.ended("a", .droppedOut(.notMine)))
        #expect(rules.take(.ended("b", .unplugged)) == nil)
    }

    @Test func `a key pulled out after it dropped out is asked again when it comes back`() {
        var rules = scanned("a", "b")
        _ = rules.takeStarters()
        _ = rules.take(.ended("a", .droppedOut(.broken)))
        _ = rules.take(.event(.removed("a")))
        _ = rules.take(.event(.added("a")))
        #expect(rules.takeStarters() == ["a"])
    }

    @Test func `a key plugged in again before its first attempt ended starts when that has ended`() {
        var rules = scanned("a")
        _ = rules.takeStarters()
        _ = rules.take(.event(.removed("a")))
        _ = rules.take(.event(.added("a")))
        #expect(rules.takeStarters().isEmpty)
        #expect(rules.take(.ended("a", .droppedOut(.broken))) == nil)
        #expect(rules.takeStarters() == ["a"])
    }

    @Test func `with no more keys to come the last one pulled out ends the race`() {
        var rules = scanned("a")
        _ = rules.takeStarters()
        #expect(rules.take(.noMoreEvents) == nil)
        #expect(losers(rules.take(.ended("a", .unplugged))) == [])
    }

    @Test func `the deadline names the keys that were still plugged in`() {
        var rules = scanned("a", "b")
        guard case .timedOut(_, let plugged) = rules.take(.deadline) else {
            Issue.record("no time-out")
            return
        }
        #expect(plugged == ["a", "b"])
    }

    @Test func `a key is alone when all others have dropped out`() {
        var rules = scanned("a", "b")
        _ = rules.takeStarters()
        #expect(!rules.isAlone("a"))
        _ = rules.take(.ended("b", .droppedOut(.notMine)))
        #expect(rules.isAlone("a"))
        _ = rules.take(.event(.added("c")))
        #expect(!rules.isAlone("a"))
        _ = rules.choose("a")
        #expect(rules.isAlone("a"))
    }

    @Test func `while a key is chosen no other begins, and what it cannot do nobody can`() {
        var rules = scanned("a", "b")
        _ = rules.takeStarters()
        #expect(rules.choose("a") == ["b"])
        #expect(rules.choose("b") == nil)
        _ = rules.take(.ended("b", .droppedOut(.broken)))
        _ = rules.take(.event(.added("c")))
        #expect(rules.takeStarters().isEmpty)
        guard case .refused("a", .notMine) = rules.take(.ended("a", .droppedOut(.notMine))) else {
            Issue.record("the race goes on")
            return
        }
    }

    @Test func `when the chosen key is pulled out, those that stopped for it and newcomers begin`() {
        var rules = scanned("a", "b")
        _ = rules.takeStarters()
        _ = rules.choose("a")
        _ = rules.take(.event(.added("c")))
        _ = rules.take(.event(.removed("a")))
        // b is still stopping.
        #expect(rules.takeStarters() == ["c"])
        _ = rules.take(.ended("b", .droppedOut(.broken)))
        #expect(rules.takeStarters() == ["b"])
        #expect(rules.take(.ended("a", .droppedOut(.broken))) == nil)
    }

    @Test func `the success of a key that was to stop for another counts`() {
        var rules = scanned("a", "b")
        _ = rules.takeStarters()
        _ = rules.choose("a")
        guard case .won("b", 1) = rules.take(.ended("b", .succeeded(1))) else {
            Issue.record("a login was thrown away")
            return
        }
    }

    @Test func `unsuitable keys do not end the race, and a key that is plugged in goes on with it`() {
        var rules = scanned("a", "b")
        _ = rules.takeStarters()
        #expect(rules.take(.ended("a", .unsuitable(.notMine))) == nil)
        #expect(rules.take(.ended("b", .droppedOut(.broken))) == nil)
        _ = rules.take(.event(.added("c")))
        #expect(rules.takeStarters() == ["c"])
        guard case .timedOut(let unsuitable, let plugged) = rules.take(.deadline) else {
            Issue.record("no time-out")
            return
        }
        #expect(unsuitable.map(\.key) == ["a"])
        #expect(plugged == ["a", "b", "c"])
    }

    @Test func `an unsuitable key that was chosen lets the others begin anew`() {
        var rules = scanned("a", "b")
        _ = rules.takeStarters()
        _ = rules.choose("a")
        _ = rules.take(.ended("b", .droppedOut(.broken)))
        #expect(rules.take(.ended("a", .unsuitable(.notMine))) == nil)
        #expect(rules.takeStarters() == ["b"])
    }

    @Test func `unsuitable keys end a race to which no more can come`() {
        var rules = scanned("a")
        _ = rules.takeStarters()
        _ = rules.take(.noMoreEvents)
        #expect(losers(rules.take(.ended("a", .unsuitable(.notMine)))) == ["a"])
    }
}
