import CTAP2
import Interaction
import WebAuthn

/// A login for people.
struct AuthenticationReport {
    let authentication: Authentication
    let rpId: String
    let key: KeyName
    let isVerified: Bool

    init(_ authentication: Authentication, rpId: String, key: KeyName, isVerified: Bool) {
        self.authentication = authentication
        self.rpId = rpId
        self.key = key
        self.isVerified = isVerified
    }

    var lines: [String] {
        let site = TerminalText.site(rpId)
        let user = Self.name(of: authentication.user)
        let headline: Text =
            isVerified ? .loggedIn(user, rpId: site, key: key.name) : .signed(user, rpId: site, key: key.name)
        var rows: [(label: Text, value: String)] = [(.credentialID, Base64URL.encode(authentication.response.id))]
        if let handle = authentication.response.userHandle {
            rows.append((.userID, Base64URL.encode(handle)))
        }
        if case .string(let blob)? = authentication.response.clientExtensionResults.members["getCredBlob"] {
            rows.append((.credentialBlob, blob))
        }
        let data = authentication.authData
        rows.append((.userVerified, Text.yesOrNo(data.flags.contains(.userVerified)).localized))
        rows.append((.signCount, String(data.signCount)))
        rows.append((.signature, (isVerified ? Text.holds : .notChecked).localized))
        return [headline.localized] + Table.lines(rows)
    }

    /// The account's name, escaped for a terminal, or its ID; `nil` if the key reports neither.
    static func name(of user: PublicKeyCredentialUserEntity?) -> String? {
        let names = [user?.name, user?.displayName].compactMap(\.self).filter { !$0.isEmpty }
        return names.first.map(TerminalText.escape) ?? user.map { Base64URL.encode($0.id) }
    }
}
