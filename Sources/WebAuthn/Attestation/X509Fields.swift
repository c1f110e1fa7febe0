import SwiftASN1

/// The fields of an X.509 certificate that WebAuthn looks at (RFC 5280 §4.1).
///
/// Nothing else is read. The certificate's own signature is not verified here, so a negative serial number or an unknown
/// signature algorithm does no harm.
struct X509Fields {
    struct Extension {
        let identifier: ASN1ObjectIdentifier
        let isCritical: Bool
        /// What the extension's octet string holds.
        let value: [UInt8]
    }

    struct Attribute {
        let type: ASN1ObjectIdentifier
        /// The text's bytes, whatever its type.
        let value: [UInt8]
    }

    /// 3 for a certificate with extensions.
    let version: Int
    let subject: [Attribute]
    let hasEmptySubject: Bool
    /// The SubjectPublicKeyInfo.
    let publicKey: ASN1Node
    let extensions: [Extension]

    /// Reads DER, or BER; `nil` for what is not a certificate.
    init?(_ bytes: [UInt8]) {
        guard
            let certificate = try? BER.parse(bytes).elements(.sequence), certificate.count == 3,
            var fields = certificate[0].elements(.sequence)?[...]
        else { return nil }
        if let explicit = fields.first, explicit.identifier == .context(0) {
            guard let number = explicit.elements(.context(0))?.first?.primitive(.integer) else { return nil }
            version = number.last.map { Int($0) + 1 } ?? 1
            fields.removeFirst()
        } else {
            version = 1
        }
        // serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo
        guard
            fields.count >= 6,
            case let name = fields[fields.startIndex + 4], let names = name.elements(.sequence),
            fields[fields.startIndex + 5].identifier == .sequence,
            let extensions = Self.extensions(fields.dropFirst(6).last { $0.identifier == .context(3) })
        else { return nil }
        subject = Self.attributes(of: name)
        hasEmptySubject = names.isEmpty
        publicKey = fields[fields.startIndex + 5]
        self.extensions = extensions
    }

    /// The key itself, without its algorithm: what a key identifier is the hash of (RFC 5280 §4.2.1.2).
    var publicKeyBits: [UInt8]? {
        publicKey.elements(.sequence)?.last?.primitive(.bitString).map { Array($0.dropFirst()) }
    }

    /// The signature's BIT STRING in a certificate: the count of unused bits, and the signature.
    static func signatureBits(in certificate: [UInt8]) -> [UInt8]? {
        try? BER.parse(certificate).elements(.sequence)?.last?.primitive(.bitString)
    }

    /// The attributes of a Name; those that cannot be read are left out.
    static func attributes(of name: ASN1Node) -> [Attribute] {
        (name.elements(.sequence) ?? []).flatMap { $0.elements(.set) ?? [] }.compactMap(Attribute.init)
    }

    /// The extension with this identifier; `nil` if there is none, or several.
    func only(_ identifier: ASN1ObjectIdentifier) -> Extension? {
        let found = extensions.filter { $0.identifier == identifier }
        return found.count == 1 ? found[0] : nil
    }

    /// Empty if the field is absent; `nil` if it cannot be read.
    private static func extensions(_ field: ASN1Node?) -> [Extension]? {
        guard let field else { return [] }
        guard let list = field.elements(.context(3))?.first?.elements(.sequence) else { return nil }
        let extensions = list.compactMap(Extension.init)
        return extensions.count == list.count ? extensions : nil
    }
}

extension X509Fields.Attribute {
    fileprivate init?(_ node: ASN1Node) {
        guard
            let parts = node.elements(.sequence), parts.count == 2,
            let type = try? ASN1ObjectIdentifier(berEncoded: parts[0]),
            case .primitive(let value) = parts[1].content
        else { return nil }
        self.init(type: type, value: Array(value))
    }
}

extension X509Fields.Extension {
    fileprivate init?(_ node: ASN1Node) {
        guard
            let parts = node.elements(.sequence), (2...3).contains(parts.count),
            let identifier = try? ASN1ObjectIdentifier(berEncoded: parts[0]),
            let value = parts.last?.primitive(.octetString)
        else { return nil }
        let isCritical = parts.count == 3 && parts[1].primitive(.boolean) != [0]
        self.init(identifier: identifier, isCritical: isCritical, value: value)
    }
}

extension ASN1Node {
    /// The nodes inside one that has this identifier.
    func elements(_ identifier: ASN1Identifier) -> [ASN1Node]? {
        guard self.identifier == identifier, case .constructed(let nodes) = content else { return nil }
        return Array(nodes)
    }

    /// The content's bytes of one that has this identifier and no nodes inside.
    func primitive(_ identifier: ASN1Identifier) -> [UInt8]? {
        guard self.identifier == identifier, case .primitive(let bytes) = content else { return nil }
        return Array(bytes)
    }
}

extension ASN1Identifier {
    static func context(_ number: UInt) -> ASN1Identifier {
        ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
    }
}
