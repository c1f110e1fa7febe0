import CTAP2
import Testing
import WebAuthn

@testable import Interaction
@testable import fidoctl

/// The names of exceptions in `fidoctl serve`.
@Suite struct DOMExceptionTests {
    @Test func `each kind of failure has the name that docs say`() throws {
        let page = TextFile.whole(Product.project + "/docs/serve.md")
        let rows = page.matches(of: #/(?m)^\| `([a-z-]+)` \| `([A-Za-z]+Error)`/#)
        let documented = Dictionary(rows.map { (String($0.output.1), String($0.output.2)) }) { first, _ in first }
        for code in FailureCode.allCases {
            #expect(documented[code.rawValue] == DOMException(code).rawValue, "\(code)")
        }
        #expect(documented["busy"] == ServedError.busy.name.rawValue)
    }

    @Test func `what a site requires and a key lacks is a constraint`() {
        #expect(DOMException(CeremonyError.noDiscoverableCredentials, .unsupported) == .constraint)
        #expect(DOMException(.userVerification(.impossible(.notSupported)), .unsupported) == .constraint)
        #expect(DOMException(.relyingPartyID(.notADomain("x")), .usage) == .security)
        #expect(DOMException(.missingExtension("credProtect"), .unsupported) == .notSupported)
    }
}
