import ArgumentParser
import CTAP2
import Interaction

/// The options of verify for the credential that logged in.
struct StoredCredentialOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("For a login: the output of register --json for its credential.", valueName: "file"),
        completion: .file()
    )
    var credential: String?

    @Option(
        help: ArgumentHelp(
            "For a login: the credential's public key as a server stores it, in COSE, DER or PEM.",
            discussion: "COSE and DER may be bytes, hexadecimal or base64url; - is standard input.",
            valueName: "file"
        ),
        completion: .file()
    )
    var publicKey: String?

    @Option(
        help: ArgumentHelp(
            "The algorithm of --public-key in DER or PEM (default: the usual one of the key).",
            valueName: "name"
        ),
        transform: AlgorithmOption.parse
    )
    var algorithm: COSEAlgorithm?

    @Option(help: ArgumentHelp("With --public-key: the stored signature counter.", valueName: "number"))
    var signCount: UInt32?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("With --public-key: the credential's ID.", valueName: "id"),
        transform: Base64URLOption.parse
    )
    var credentialId: [UInt8]?

    var isEmpty: Bool { credential == nil && publicKey == nil }

    func validate() throws {
        if credential != nil, publicKey != nil {
            throw ValidationError(.contradict("--credential", "--public-key"))
        }
        guard publicKey == nil else { return }
        let dependent = [
            algorithm == nil ? nil : "--algorithm", signCount == nil ? nil : "--sign-count",
            credentialId == nil ? nil : "--credential-id",
        ]
        for option in dependent.compactMap(\.self) {
            throw ValidationError(.belongs(option, to: "--public-key"))
        }
    }
}
