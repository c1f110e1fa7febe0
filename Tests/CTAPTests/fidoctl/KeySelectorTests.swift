import Testing
@testable import Interaction
@testable import fidoctl

@Suite struct KeySelectorTests {
    @Test(
        arguments: [
            ("/dev/hidraw3", .path("/dev/hidraw3")),
            ("./key", .path("./key")),
            ("0123456789", .serial("0123456789")),
            ("virtual", .serial("virtual")),
            ("virtual:", .virtualMemory),
            ("virtual:key.state", .virtualFile("key.state")),
            ("virtual:/tmp/a:b", .virtualFile("/tmp/a:b")),
        ] as [(String, KeySelector)]
    )
    func saysWhatIsMeant(text: String, selector: KeySelector) {
        #expect(KeySelector(text) == selector)
    }
}
