import CTAP2
import WebAuthn

extension OutputOptions {
    init(_ line: inout PlainLine) {
        self.init()
        json = line.flag("--json")
    }
}

extension FormatOptions {
    init(_ line: inout PlainLine) throws {
        self.init()
        chosenFormat = try line.value("--format", OutputFormat.init(rawValue:))
        json = line.flag("--json")
        try validate()
    }
}

extension PINOptions {
    init(_ line: inout PlainLine) throws {
        self.init()
        pinFd = try line.value("--pin-fd", Self.descriptor)
        pinFile = try line.text("--pin-file")
        askpass = try line.text("--askpass")
    }
}

extension SourceOptions {
    init(_ line: inout PlainLine) throws {
        self.init()
        optionsFile = try line.text("--options")
        challenge = try line.value("--challenge", Base64URLOption.parse)
        origin = try line.value("--origin", OriginOption.parse)
        clientDataHash = try line.value("--client-data-hash", Base64URLOption.parseHash)
        crossOrigin = line.flag("--cross-origin")
        topOrigin = try line.value("--top-origin", OriginOption.parse)
        relatedOrigins = try line.text("--related-origins")
        try validate()
    }
}

extension RequestFlags {
    init(_ line: inout PlainLine) throws {
        self.init()
        rpId = try line.text("--rp-id")
        allow = try line.value("--allow", Base64URLOption.parseList) ?? []
        credential = try line.text("--credential").map { [$0] } ?? []
        userVerification = try line.value("--user-verification", UserVerificationRequirement.init(rawValue:))
        extensions = try AuthenticationExtensionOptions(&line)
        try validate()
    }
}

extension AuthenticationExtensionOptions {
    init(_ line: inout PlainLine) throws {
        self.init()
        prf = try line.value("--prf", Base64URLOption.parseList)
        hmacSecret = try line.value("--hmac-secret", Base64URLOption.parseList)
        credBlob = line.flag("--cred-blob")
        try validate()
    }
}

extension CreationFlags {
    init(_ line: inout PlainLine) throws {
        self.init()
        rpId = try line.text("--rp-id")
        rpName = try line.text("--rp-name")
        user = try line.text("--user")
        userID = try line.value("--user-id", Base64URLOption.parse)
        displayName = try line.text("--display-name")
        exclude = try line.value("--exclude", Base64URLOption.parseList) ?? []
        residentKey = try line.value("--resident-key", CreationOptions.ResidentKey.init(rawValue:))
        discoverable = line.flag("--discoverable")
        userVerification = try line.value("--user-verification", UserVerificationRequirement.init(rawValue:))
        algorithm = try line.value("--algorithm", AlgorithmOption.parse).map { [$0] } ?? []
        attestation = try line.value("--attestation", CreationOptions.Attestation.init(rawValue:))
        extensions = try RegistrationExtensionOptions(&line)
        try validate()
    }
}

extension RegistrationExtensionOptions {
    init(_ line: inout PlainLine) throws {
        self.init()
        prf = line.flag("--prf")
        hmacSecret = line.flag("--hmac-secret")
        credProtect = try line.value("--cred-protect", CredentialProtectionPolicy.init(argument:))
        largeBlob = line.flag("--large-blob")
        credBlob = try line.value("--cred-blob", Base64URLOption.parse)
        minPinLength = line.flag("--min-pin-length")
    }
}
