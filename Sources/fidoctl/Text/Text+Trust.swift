import FoundationEssentials
import Interaction
import WebAuthn

/// Trust in attestation certificates: results, and why files or paths were refused.
extension Text {
    static let keyModel = Text("model", "機種")
    static let trustedBy = Text("trusted by", "信頼の起点")
    static let modelStatus = Text("status of the model", "機種の状態")

    static let noCertificate = Text(
        "there is no certificate with a verified signature",
        "署名を確認できた証明書がありません"
    )

    static let noRoots = Text(
        "there is no root certificate for this model of key",
        "この機種のルート証明書がありません"
    )

    static let staleMetadata = Text(
        "there is a newer metadata file, which may warn of this model of key",
        "より新しいメタデータがあり、この機種への警告が含まれている可能性があります"
    )

    static func unknownModel(_ aaguid: String) -> Text {
        Text(
            "the metadata does not contain this model of key (AAGUID \(aaguid))",
            "この機種 (AAGUID \(aaguid)) はメタデータにありません"
        )
    }

    static func compromised(_ status: AuthenticatorStatus) -> Text {
        let name = TerminalText.escape(status.rawValue)
        let meaning: Text =
            switch status {
            case .userVerificationBypass:
                Text("keys of this model can be used without user verification", "この機種はユーザー確認を回避できます")
            case .attestationKeyCompromise:
                Text("the attestation key of this model is compromised", "この機種の構成証明の鍵が漏えいしています")
            case .userKeyRemoteCompromise:
                Text("credentials can be stolen from this model remotely", "この機種の資格情報は、遠隔から盗まれるおそれがあります")
            case .userKeyPhysicalCompromise:
                Text(
                    "credentials can be stolen by someone who has the key",
                    "この機種の資格情報は、キーを手にした人に盗まれるおそれがあります"
                )
            default: Text("FIDO revoked this model of key", "FIDO がこの機種を失効させています")
            }
        return meaning + Text(verbatim: " (\(name))")
    }

    static func untrusted(_ error: CertificatePathError) -> Text {
        Text("the attestation certificate is not trusted: ", "構成証明の証明書を信頼できません: ") + error.explanation
    }

    // MARK: - Files

    static func badCertificates(_ name: String, _ error: CertificateFileError) -> Text {
        let reason: Text =
            switch error {
            case .notPEM: Text("it is not PEM", "PEM ではありません")
            case .empty: Text("it has no certificate in PEM", "PEM の証明書がありません")
            case .notCertificate(let index):
                Text("PEM document \(index + 1) is not a certificate", "PEM の \(index + 1) 番目が証明書ではありません")
            }
        return Text(verbatim: name + ": ") + reason
    }

    static func severalRoots(_ name: String, _ count: Int) -> Text {
        Text(
            "\(name): it must have one root certificate, not \(count)",
            "\(name): ルート証明書は 1 枚だけ必要ですが、\(count) 枚あります"
        )
    }

    static func badMetadata(_ name: String, _ error: MetadataError) -> Text {
        Text("\(name) is not metadata that FIDO signed: ", "\(name) は FIDO が署名したメタデータではありません: ")
            + error.explanation
    }

    static let metadataHint = Text(
        "download it from https://mds3.fidoalliance.org/ and pass it as it is",
        "https://mds3.fidoalliance.org/ からダウンロードし、そのまま指定してください"
    )
}

extension CertificatePathError {
    /// What is wrong, in a few words.
    var explanation: Text {
        switch self {
        case .wrongCount(let count):
            Text("its chain has \(count) certificates, which is too many", "証明書が \(count) 枚あり、多すぎます")
        case .unreadable(let index):
            Text(
                "certificate \(index + 1) of its chain breaks rules of X.509, such as one with a negative serial number",
                "\(index + 1) 枚目の証明書が、シリアル番号が負であるなど、X.509 の規則に反しています"
            )
        case .criticalExtension(let identifier):
            Text(
                "a certificate has the critical extension \(identifier), which fidoctl does not know",
                "fidoctl が対応していない重要な拡張 \(identifier) が証明書にあります"
            )
        case .untrusted:
            Text("it leads to none of the trusted root certificates", "信頼するルート証明書のどれにもつながりません")
        case .expired(let date):
            Text("a certificate expired on \(Self.day(date))", "\(Self.day(date)) に期限切れの証明書があります")
        case .notYetValid(let date):
            Text("a certificate is only valid from \(Self.day(date))", "\(Self.day(date)) まで有効でない証明書があります")
        case .constraints:
            Text(
                "a certificate may not issue the one before it",
                "手前の証明書を発行する権限のない証明書があります"
            )
        }
    }

    private static func day(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle().year().month().day())
    }
}

extension MetadataError {
    /// What is wrong, in a few words.
    fileprivate var explanation: Text {
        switch self {
        case .tooLong(let byteCount):
            Text("\(byteCount) bytes are too many", "\(byteCount) バイトは大きすぎます")
        case .notJWT: Text("it is not a JWT", "JWT ではありません")
        case .header(let error):
            Text("its header cannot be read", "ヘッダーを読み取れません")
                + (error.map { Text(verbatim: ": ") + $0.explanation } ?? Text(verbatim: ""))
        case .algorithm(let name):
            Text(
                "fidoctl cannot verify its signature (\(TerminalText.escape(name)))",
                "署名 (\(TerminalText.escape(name))) を検証できません"
            )
        case .path(let error):
            Text("its signer's certificate is not trusted: ", "署名者の証明書を信頼できません: ") + error.explanation
        case .otherSigner:
            Text("its signer is not mds.fidoalliance.org", "署名者が mds.fidoalliance.org ではありません")
        case .wrongSignature: Text("its signature is wrong", "署名が正しくありません")
        case .content(let error):
            Text("its content cannot be read: ", "内容を読み取れません: ")
                + error.explanation
        case .nextUpdate:
            Text("its nextUpdate is not a date", "nextUpdate が日付ではありません")
        }
    }
}
