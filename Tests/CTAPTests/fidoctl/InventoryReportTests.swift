import ArgumentParser
import CTAP2
import Testing
import WebAuthn

@testable import Interaction
@testable import fidoctl

@Suite struct InventoryReportTests {
    private func credential(_ id: [UInt8], site: String? = "a.example", user: String? = "alice")
        -> DiscoverableCredential
    {
        DiscoverableCredential(
            rp: StoredRelyingParty(id: site, rpIdHash: StoredRelyingParty.hash(of: site ?? "?")),
            user: PublicKeyCredentialUserEntity(id: Array((user ?? "").utf8) + [0], name: user),
            credential: PublicKeyCredentialDescriptor(id: id)
        )
    }

    private func lines(_ credentials: [DiscoverableCredential]) -> [String] {
        let inventory = CredentialInventory(
            count: CredentialCount(existing: credentials.count, remaining: 5),
            credentials: credentials
        )
        let key = InventoryReport.Key(key: KeyName(name: "K", path: "p"), result: .success(inventory))
        return InventoryReport(keys: [key]).lines
    }

    @Test func `what it takes to use a credential stands behind it`() {
        var first = credential([UInt8](repeating: 1, count: 16))
        (first.credProtect, first.largeBlobKey, first.thirdPartyPayment) = (3, LargeBlobKey([1]), true)
        let remarks = "requires user verification, large blob, payments on other sites"
        #expect(lines([first]).last == "    alice  AQEBAQEB  " + remarks)
        first.credProtect = 2
        #expect(lines([first]).last?.contains("  requires user verification or its ID, ") == true)
        (first.credProtect, first.largeBlobKey, first.thirdPartyPayment) = (1, nil, false)
        #expect(lines([first]).last == "    alice  AQEBAQEB")
    }

    @Test func `an ID is shown as far as it takes to tell it from the others`() {
        let ids = [[UInt8](repeating: 1, count: 16), [UInt8](repeating: 1, count: 12) + [2, 2, 2, 2]]
        let shown = lines(ids.map { credential($0) }).suffix(2).compactMap { $0.split(separator: " ").last }
        let whole = ids.map { Base64URL.encode($0) }
        #expect(zip(shown, whole).allSatisfy { $1.hasPrefix($0) })
        #expect(!whole[1].hasPrefix(shown[0]) && !whole[0].hasPrefix(shown[1]))
    }

    @Test func `a site whose ID the key cut off, or did not keep, is marked`() {
        var cut = credential([1], site: "login.example.com")
        cut.rp.id = "login.exam"
        #expect(lines([cut]).contains("  login.exam…"))
        #expect(lines([credential([1], site: nil)]).contains { $0.hasPrefix("  unknown site (hash ") })
    }

    @Test func `an account is on this key alone only as far as every other key is known`() {
        let (mine, shared) = (credential([1]), credential([2], user: "bob"))
        func key(_ name: String, _ result: Result<CredentialInventory, Failure>) -> InventoryReport.Key {
            InventoryReport.Key(key: KeyName(name: name, path: name), result: result)
        }
        func inventory(_ credentials: [DiscoverableCredential]) -> Result<CredentialInventory, Failure> {
            let count = CredentialCount(existing: credentials.count, remaining: 5)
            return .success(CredentialInventory(count: count, credentials: credentials))
        }
        let (first, second) = (key("1", inventory([mine, shared])), key("2", inventory([shared])))
        let unknown = key("3", .failure(.pinNeeded("3")))
        #expect(InventoryReport(keys: [first]).isOnly(mine, on: first) == nil)
        #expect(InventoryReport(keys: [first, second]).isOnly(mine, on: first) == true)
        #expect(InventoryReport(keys: [first, second]).isOnly(shared, on: first) == false)
        #expect(InventoryReport(keys: [first, second, unknown]).isOnly(mine, on: first) == nil)
        #expect(InventoryReport(keys: [first, second, unknown]).isOnly(shared, on: first) == false)
    }

    @Test func `an account without a name is shown by its ID`() {
        #expect(lines([credential([1], user: nil)]).last == "    AA  AQ")
    }

    @Test(arguments: ["AQE", "AQ", "AQI"])
    func `a whole ID is meant although others begin with it`(id: String) throws {
        let all = [credential([1]), credential([1, 1]), credential([1, 2])]
        let options = try CredentialOptions.parse(["--id", id])
        let chosen = try options.choose(from: all, on: KeyName(name: "K", path: "p"))
        #expect(Base64URL.encode(chosen.credential.id) == id)
    }
}
