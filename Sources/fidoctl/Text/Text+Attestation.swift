import CTAP2
import WebAuthn

/// The results of attestation statements, and why one is invalid.
extension Text {
    /// For the row `attestation` of a result.
    static func attestation(_ type: AttestationType, fmt: String) -> Text {
        let format = TerminalText.escape(fmt)
        return switch type {
        case .none: Text("none", "なし")
        case .selfAttestation: Text("\(format), signed by the credential itself", "\(format) (資格情報自身による署名)")
        case .certified(let x5c):
            Text(
                "\(format), signed with a certificate (chain of \(x5c.count), its root not checked)",
                "\(format) (証明書つき署名、\(x5c.count) 枚、ルートは未確認)"
            )
        case .unverified(.invalid(let error)):
            Text("\(format), not valid: ", "\(format) (無効): ") + error.explanation
        case .unverified(.algorithm), .unverified(.format):
            Text("\(format), which fidoctl cannot verify", "\(format) (fidoctl では検証できません)")
        }
    }

    /// A note to a good verdict; `nil` unless fidoctl does not know the statement's format.
    static func notAttested(_ type: AttestationType?) -> Text? {
        guard case .unverified(.format(let format)) = type else { return nil }
        return Text("not attested: ", "構成証明は確認していません: ") + .unknownFormat(format)
    }

    static func unknownFormat(_ format: String) -> Text {
        let format = TerminalText.escape(format)
        return Text(
            "fidoctl does not know the attestation format \(format)",
            "fidoctl は構成証明の形式 \(format) に対応していません"
        )
    }

    /// A note about an invalid statement of a new credential, which the client passes on all the same.
    static func attestationNote(_ registration: Registration) -> Text? {
        guard case .unverified(.invalid(let error)) = registration.attestationType else { return nil }
        let format = TerminalText.escape(registration.attestation.fmt)
        return Text(
            "the attestation statement of this key (\(format)) is not valid, and a server may reject it: ",
            "このキーの構成証明 (\(format)) は無効で、サーバーに拒否される可能性があります: "
        ) + error.explanation
    }

    static let attestationHint = Text(
        "the credential may be good, but nothing proves which model of key made it",
        "資格情報自体は有効かもしれませんが、どの機種のキーが作ったかは証明されていません"
    )
}

extension AttestationError {
    /// What is wrong, in a few words.
    var explanation: Text {
        switch self {
        case .credentialKey(.insecure(let algorithm)):
            .notVerified(.publicKey(.insecure(algorithm)))
        case .credentialKey(.invalid(let algorithm)), .credentialKey(.unsupported(let algorithm)):
            Text("the credential's public key is not a valid \(algorithm) key", "資格情報の公開鍵が \(algorithm) の鍵ではありません")
        case .statement(let error):
            Text(verbatim: TerminalText.escape(error.explanation))
        case .unexpectedStatement:
            Text("a statement of format none must be empty", "あってはならない構成証明が付いています")
        case .wrongAlgorithm(let algorithm, let credential):
            Text(
                "it names the algorithm \(algorithm), the credential's is \(credential)",
                "アルゴリズムが \(algorithm) ですが、資格情報のものは \(credential) です"
            )
        case .algorithmOfOtherKey(let algorithm):
            Text(
                "its certificate's key is not a valid \(algorithm) key",
                "証明書の鍵が \(algorithm) の鍵ではありません"
            )
        case .wrongSignature:
            Text("its signature is wrong", "署名が正しくありません")
        case .certificate(let error):
            error.explanation
        }
    }
}

extension AttestationCertificateError {
    /// What is wrong, in a few words.
    var explanation: Text {
        switch self {
        case .wrongCount(let count):
            Text("it has \(count) certificates, which its format does not allow", "証明書が \(count) 枚ありますが、この形式では認められません")
        case .malformed:
            Text("its certificate cannot be read", "証明書を読み取れません")
        case .notVersion3:
            Text("its certificate is not an X.509 version 3 certificate", "証明書が X.509 バージョン 3 ではありません")
        case .subject("OU"):
            Text(
                "its certificate's subject lacks the unit (OU) \"Authenticator Attestation\"",
                "証明書のサブジェクトに部門名 (OU) \"Authenticator Attestation\" がありません"
            )
        case .subject(let attribute):
            Text(
                "its certificate's subject lacks the attribute \(attribute)",
                "証明書のサブジェクトに属性 \(attribute) がありません"
            )
        case .certificateAuthority:
            Text(
                "its certificate does not exclude use as a certificate authority (BasicConstraints)",
                "証明書に認証局のものではないという記載 (BasicConstraints) がありません"
            )
        case .aaguidExtension:
            Text(
                "its certificate is for another model of key (AAGUID)",
                "証明書が別の機種 (AAGUID) のものです"
            )
        case .notP256:
            Text("its certificate's key is not on the curve P-256", "証明書の鍵が P-256 の鍵ではありません")
        }
    }
}
