/// Either of the two documents that a browser hands to a relying party.
package enum CredentialResponse: Hashable, Sendable {
    case registration(RegistrationResponse)
    case authentication(AuthenticationResponse)

    /// Reads either; the members of `response` tell which.
    package init(json: [UInt8]) throws(JSONError) {
        let outline = try JSON.decode(Outline.self, from: json)
        if outline.response.attestationObject != nil {
            self = .registration(try RegistrationResponse(json: json))
        } else if outline.response.signature != nil {
            self = .authentication(try AuthenticationResponse(json: json))
        } else {
            throw .missing(path: "response.attestationObject")
        }
    }

    private struct Outline: Decodable {
        struct Response: Decodable {
            var attestationObject: AnyMember?
            var signature: AnyMember?
        }

        /// A member of any type.
        struct AnyMember: Decodable {
            init(from decoder: any Decoder) {}
        }

        var response: Response
    }
}
