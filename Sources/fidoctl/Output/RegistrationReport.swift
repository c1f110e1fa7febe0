import CTAP2
import Interaction
import WebAuthn

/// A new credential for people.
struct RegistrationReport {
    let registration: Registration
    let options: CreationOptions
    let key: KeyName

    init(_ registration: Registration, options: CreationOptions, key: KeyName) {
        self.registration = registration
        self.options = options
        self.key = key
    }

    var lines: [String] {
        let user = TerminalText.escape(options.user.name ?? "")
        let credential = registration.credential
        return [Text.registered(user, rpId: TerminalText.escape(options.rp.id), key: key.name).localized]
            + Table.lines([
                (.credentialID, Base64URL.encode(credential.id)),
                (.userID, Base64URL.encode(options.user.id)),
                (.algorithm, credential.publicKey.algorithm.description),
                (.userVerified, Text.yesOrNo(flags.contains(.userVerified)).localized),
                (.signCount, String(credential.signCount)),
                (.model, aaguid),
                (
                    .attestation,
                    Text.attestation(registration.attestationType, fmt: registration.attestation.fmt).localized
                ),
            ])
            + [Text.keepJSON.localized]
    }

    private var flags: AuthenticatorDataFlags { registration.attestation.authData.flags }

    private var aaguid: String {
        registration.attestation.authData.attestedCredentialData?.aaguid.description ?? ""
    }
}

/// Labels and values in two columns.
enum Table {
    static func lines(_ rows: [(label: Text, value: String)]) -> [String] {
        Columns.lines(rows.map { [$0.label.localized, $0.value] }).map { "  " + $0 }
    }
}
