import Interaction
import Testing

@testable import OpenSSHProvider

@Suite struct ProviderTextTests {
    @Test(arguments: [
        (SSHUse.sign, "ssh:", "ssh: Touch your security key K to sign", "ssh の署名: セキュリティキー K にタッチしてください"),
        (
            .enroll, "ssh:work", "ssh:work: Touch your security key K to make a key",
            "ssh:work の鍵の作成: セキュリティキー K にタッチしてください"
        ),
        (.load, "ssh:", "ssh: Touch your security key K to load its keys", "ssh の鍵の読み出し: セキュリティキー K にタッチしてください"),
    ])
    func `a prompt begins with the application`(use: SSHUse, application: String, english: String, japanese: String) {
        let text = KeyPrompt.touch(["K"], .ssh(use, application: application)).text
        #expect(text == Text(english, japanese))
    }

    @Test(arguments: [
        (FailureCode.pinRequired, ProviderError.pinRequired), (.pinInvalid, .pinRequired), (.pinBlocked, .general),
        (.noKey, .noDevice), (.noCredential, .noDevice), (.excluded, .credentialExists), (.unsupported, .unsupported),
        (.cancelled, .general), (.timedOut, .general),
    ])
    func `a failure becomes OpenSSH's number`(code: FailureCode, number: ProviderError) {
        #expect(ProviderError(code) == number)
    }

    @Test func `the PIN is asked for with the tries that are left`() {
        #expect(Text.sshAsksForPIN("K", retries: 8).english == "K needs its PIN (8 tries left)")
        #expect(Text.sshAsksForPIN("K", retries: 1).english == "K needs its PIN (1 try left)")
    }
}
