import CTAPHID
import Testing

@testable import CTAP2

@Suite struct RaceFieldTests {
    typealias Race = KeyRace<String, Int, Refusal>

    enum Refusal: Error { case notMine, broken }

    /// What the tests look at of an ending.
    private func losers(_ ending: Race.Ending?) -> [String]? {
        if case .lost(let losers) = ending { losers.map(\.key) } else { nil }
    }

    private func scanned(_ keys: String...) -> Race.RaceField {
        var field = Race.RaceField()
        for key in keys { _ = field.take(.event(.added(key))) }
        _ = field.take(.event(.initialScanComplete))
        return field
    }

    @Test func `nobody starts before the initial scan is complete`() {
        var field = Race.RaceField()
        _ = field.take(.event(.added("a")))
        #expect(field.takeStarters().isEmpty)
        _ = field.take(.event(.initialScanComplete))
        #expect(field.takeStarters() == ["a"])
        #expect(field.takeStarters().isEmpty)
    }

    @Test func `a key that drops out does not end the race of the others`() {
        var field = scanned("a", "b")
        _ = field.takeStarters()
        #expect(field.take(.ended("a", .droppedOut(.notMine))) == nil)
        #expect(losers(field.take(.ended("b", .droppedOut(.notMine)))) == ["a", "b"])
    }

    @Test func `a refusal at one key ends the race of all`() {
        var field = scanned("a", "b")
        _ = field.takeStarters()
        guard case .refused("a", .notMine) = field.take(.ended("a", .refused(.notMine))) else {
            Issue.record("the race goes on")
            return
        }
    }

    @Test func `the last key pulled out means waiting, not losing`() {
        var field = scanned("a")
        _ = field.takeStarters()
        #expect(field.take(.ended("a", .unplugged)) == nil)
        #expect(field.isEmpty)
        #expect(field.take(.event(.added("b"))) == nil)
        #expect(field.takeStarters() == ["b"])
    }

    @Test func `pulling out the only key that was still at it waits although another dropped out`() {
        var field = scanned("a", "b")
        _ = field.takeStarters()
        _ = field.take(.ended("a", .droppedOut(.notMine)))
        #expect(field.take(.ended("b", .unplugged)) == nil)
    }

    @Test func `a key pulled out after it dropped out is asked again when it comes back`() {
        var field = scanned("a", "b")
        _ = field.takeStarters()
        _ = field.take(.ended("a", .droppedOut(.broken)))
        _ = field.take(.event(.removed("a")))
        _ = field.take(.event(.added("a")))
        #expect(field.takeStarters() == ["a"])
    }

    @Test func `a key plugged in again before its first attempt ended starts when that has ended`() {
        var field = scanned("a")
        _ = field.takeStarters()
        _ = field.take(.event(.removed("a")))
        _ = field.take(.event(.added("a")))
        #expect(field.takeStarters().isEmpty)
        #expect(field.take(.ended("a", .droppedOut(.broken))) == nil)
        #expect(field.takeStarters() == ["a"])
    }

    @Test func `with no more keys to come the last one pulled out ends the race`() {
        var field = scanned("a")
        _ = field.takeStarters()
        #expect(field.take(.noMoreEvents) == nil)
        #expect(losers(field.take(.ended("a", .unplugged))) == [])
    }

    @Test func `the deadline names the keys that were still plugged in`() {
        var field = scanned("a", "b")
        guard case .timedOut(let plugged) = field.take(.deadline) else {
            Issue.record("no time-out")
            return
        }
        #expect(plugged == ["a", "b"])
    }

    @Test func `a key is alone when all others have dropped out`() {
        var field = scanned("a", "b")
        _ = field.takeStarters()
        #expect(!field.isAlone("a"))
        _ = field.take(.ended("b", .droppedOut(.notMine)))
        #expect(field.isAlone("a"))
        _ = field.take(.event(.added("c")))
        #expect(!field.isAlone("a"))
        _ = field.choose("a")
        #expect(field.isAlone("a"))
    }

    @Test func `while a key is chosen no other begins, and what it cannot do nobody can`() {
        var field = scanned("a", "b")
        _ = field.takeStarters()
        #expect(field.choose("a") == ["b"])
        #expect(field.choose("b") == nil)
        _ = field.take(.ended("b", .droppedOut(.broken)))
        _ = field.take(.event(.added("c")))
        #expect(field.takeStarters().isEmpty)
        guard case .refused("a", .notMine) = field.take(.ended("a", .droppedOut(.notMine))) else {
            Issue.record("the race goes on")
            return
        }
    }

    @Test func `when the chosen key is pulled out, those that stopped for it and newcomers begin`() {
        var field = scanned("a", "b")
        _ = field.takeStarters()
        _ = field.choose("a")
        _ = field.take(.event(.added("c")))
        _ = field.take(.event(.removed("a")))
        // b is still stopping.
        #expect(field.takeStarters() == ["c"])
        _ = field.take(.ended("b", .droppedOut(.broken)))
        #expect(field.takeStarters() == ["b"])
        #expect(field.take(.ended("a", .droppedOut(.broken))) == nil)
    }

    @Test func `the success of a key that was to stop for another counts`() {
        var field = scanned("a", "b")
        _ = field.takeStarters()
        _ = field.choose("a")
        guard case .won("b", 1) = field.take(.ended("b", .succeeded(1))) else {
            Issue.record("a login was thrown away")
            return
        }
    }
}
