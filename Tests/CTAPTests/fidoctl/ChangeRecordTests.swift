import CTAP2
import CTAPHID
import Testing

@testable import Interaction
@testable import fidoctl

@Suite struct ChangeRecordTests {
    private func change(_ record: ChangeRecord, _ error: SessionError? = nil) async {
        _ = try? await record.make { () throws(SessionError) in if let error { throw error } }
    }

    private func explained(by record: ChangeRecord) -> String {
        record.explain(Failure(.io, Text(verbatim: "it failed"))).message.english
    }

    @Test func `before a change was sent, nothing was changed`() {
        #expect(explained(by: ChangeRecord()) == "it failed; nothing was changed")
    }

    @Test func `a key that refuses has changed nothing`() async {
        let record = ChangeRecord()
        await change(record, .status(.invalidParameter, .config))
        #expect(explained(by: record) == "it failed; nothing was changed")
    }

    @Test func `a key that is gone in the middle may have changed it`() async {
        let record = ChangeRecord()
        await change(record, .transport(.disconnected, .config))
        #expect(explained(by: record) == "it failed; it is not known whether the key was changed")
    }

    @Test func `a success that beat the cancel is a change`() async {
        let record = ChangeRecord()
        await change(record, .transport(.cancelled(.cbor, response: [0]), .config))
        #expect(explained(by: record) == "it failed; the key had already made the change")
    }

    @Test func `the key's own answer to the cancel is no change`() async {
        let record = ChangeRecord()
        await change(record, .transport(.cancelled(.cbor, response: [0x2D]), .config))
        #expect(explained(by: record) == "it failed; nothing was changed")
    }

    @Test func `a change that a check contradicts is not said to have been made`() async {
        let record = ChangeRecord()
        await change(record)
        let failure = Failure(.protocol, Text(verbatim: "it still lists it"), hint: .brokenKeyHint)
        _ = record.contradiction(failure)
        #expect(record.explain(failure, check: .credentialsListHint) == failure)
    }

    @Test func `of several changes those before the failure are counted`() async {
        let record = ChangeRecord()
        await change(record)
        await change(record)
        await change(record, .status(.invalidParameter, .config))
        #expect(explained(by: record) == "it failed; 2 changes had already been made")
    }
}
