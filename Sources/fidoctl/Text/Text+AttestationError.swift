import CTAP2
import Interaction
import WebAuthn

extension AttestationError {
    /// What is wrong, in a few words.
    var explanation: Text {
        switch self {
        case .credentialKey(.insecure(let algorithm)):
            .notVerified(.publicKey(.insecure(algorithm)))
        case .credentialKey(.invalid(let algorithm)), .credentialKey(.unsupported(let algorithm)):
            Text("the credential's public key is not a valid \(algorithm) key", "資格情報の公開鍵が \(algorithm) の鍵ではありません")
        case .statement(let error):
            error.explanation
        case .unexpectedStatement:
            Text("a statement of format none must be empty", "あってはならない構成証明が付いています")
        case .ecdaa:
            Text("it uses ECDAA, which WebAuthn no longer allows", "WebAuthn で廃止された ECDAA を使っています")
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
        case .certificate(let error): error.explanation
        case .otherKey:
            Text("its certificate is for another key than the credential's", "証明書が資格情報とは別の鍵のものです")
        case .nonce: Text.otherRegistration
        case .tpm(let error): error.explanation
        case .androidKey(let error): error.explanation
        case .tooFewStatements(let count):
            Text("it must contain at least two statements, not \(count)", "構成証明が 2 つ以上必要ですが、\(count) 個です")
        case .nestedStatement:
            Text("it contains another compound statement", "compound の中に別の compound があります")
        case .part(let format, let error):
            Text(verbatim: TerminalText.escape(format) + ": ") + error.explanation
        }
    }
}

extension Text {
    fileprivate static let otherRegistration = Text(
        "it was made for another registration",
        "別の登録のために作られたものです"
    )
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
        case .subjectNotEmpty:
            Text("its certificate's subject must be empty", "証明書のサブジェクトが空ではありません")
        case .tpmAttribute(let name):
            Text(
                "its certificate does not name the TPM's \(name) (SubjectAlternativeName)",
                "証明書に TPM の \(name) の記載 (SubjectAlternativeName) がありません"
            )
        case .tpmManufacturer(let manufacturer):
            Text(
                "\(TerminalText.escape(manufacturer)) is not a known manufacturer of TPMs",
                "\(TerminalText.escape(manufacturer)) は既知の TPM メーカーではありません"
            )
        case .extendedKeyUsage:
            Text(
                "its certificate is not for TPM attestation (ExtendedKeyUsage)",
                "証明書が TPM の構成証明用 (ExtendedKeyUsage) ではありません"
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

extension TPMStatementError {
    /// What is wrong, in a few words.
    fileprivate var explanation: Text {
        switch self {
        case .version(let version):
            Text(
                "it is for TPM version \(TerminalText.escape(version)), not 2.0",
                "TPM のバージョンが 2.0 ではなく \(TerminalText.escape(version)) です"
            )
        case .malformed(let member):
            Text("\(member) cannot be read", "\(member) を読み取れません")
        case .unknown(let value):
            Text("pubArea has the unknown algorithm \(value)", "pubArea のアルゴリズム \(value) は不明です")
        case .otherKey:
            Text("the TPM certified another key than the credential's", "TPM が証明した鍵が資格情報のものではありません")
        case .magic: Text("certInfo was not made by a TPM", "certInfo が TPM の作ったものではありません")
        case .type: Text("certInfo does not certify a key", "certInfo が鍵を証明するものではありません")
        case .extraData: .otherRegistration
        case .name: Text("certInfo and pubArea are about different keys", "certInfo と pubArea の鍵が異なります")
        }
    }
}

extension AndroidKeyError {
    /// What is wrong, in a few words.
    fileprivate var explanation: Text {
        switch self {
        case .malformed:
            Text("its certificate does not describe an Android key", "証明書に Android の鍵の記述がありません")
        case .challenge: .otherRegistration
        case .allApplications:
            Text("every app on the device may use the key (allApplications)", "端末のすべてのアプリが鍵を使えます (allApplications)")
        case .origin:
            Text("the key was not generated on the device (origin)", "鍵が端末で生成されたものではありません (origin)")
        case .purpose:
            Text("the key is not for signing only (purpose)", "鍵が署名専用ではありません (purpose)")
        }
    }
}
