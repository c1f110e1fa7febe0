/// A command with its parameters, and how its response is read (CTAP 2.3 §6, §8).
public protocol CTAPRequest: Sendable {
    associatedtype Response: Sendable

    /// Not static, because keys from before CTAP 2.1 have other codes for some commands.
    var command: CTAPCommand { get }
    /// The parameters by number; empty for a command without a body.
    var cbor: CBORMap { get }
    /// Reads the members of a successful response, an empty map if it had no body.
    func response(_ members: CBORMap) throws(ResponseError) -> Response
}

extension CTAPRequest {
    /// The request's bytes: the command, and its parameters in canonical CBOR if it has any (CTAP 2.1 §8.1).
    package var message: [UInt8] {
        [command.rawValue] + cbor.encodedUnlessEmpty
    }
}

extension CBORMap {
    /// A subcommand's parameters as `pinUvAuthParam` authenticates them: an empty map adds no bytes.
    var encodedUnlessEmpty: [UInt8] { isEmpty ? [] : CBOREncoder.encode(self) }
}

/// Proof of user verification in a request: `pinUvAuthParam` with the protocol that made it (CTAP 2.1 §6.5.7).
public struct PINUVAuthorization: Hashable, Sendable {
    public var param: [UInt8]
    public var pinUvAuthProtocol: PINUVAuthProtocol

    package init(param: [UInt8], pinUvAuthProtocol: PINUVAuthProtocol) {
        self.param = param
        self.pinUvAuthProtocol = pinUvAuthProtocol
    }

    /// An empty param asks for a touch and nothing else (CTAP 2.1 §6.1.2 step 1).
    package static let touchOnly = PINUVAuthorization(param: [], pinUvAuthProtocol: .one)
}

/// A command that a PIN/UV auth token can authorize.
public protocol AuthorizableRequest: CTAPRequest {
    /// The bytes that `pinUvAuthParam` covers, which each command's section defines.
    var authorizedBytes: [UInt8] { get }
    var authorization: PINUVAuthorization? { get set }
}

extension AuthorizableRequest {
    /// Authorizes the otherwise complete request with a token.
    public mutating func authorize(with token: PINUVAuthToken) {
        authorization = PINUVAuthorization(
            param: token.authenticate(authorizedBytes),
            pinUvAuthProtocol: token.pinUvAuthProtocol
        )
    }
}

/// Why a response is invalid for its command.
public enum ResponseError: Error, Hashable, Sendable {
    case cbor(CBORError)
    case authenticatorData(AuthenticatorDataError)
    case pinUVAuth(PINUVAuthError)
    /// The serialized large-blob array is invalid.
    case largeBlobArray(LargeBlobArrayError)
    /// The response has an output of this extension, which was not requested.
    case unrequestedExtension(String)
}

extension AuthenticatorData {
    /// Reads the member of a response that holds authenticator data.
    init(member: CBORValue, of response: CBORMap) throws(ResponseError) {
        let bytes: [UInt8]
        do throws(CBORError) {
            bytes = try response.required(member, "authData", \.bytes)
        } catch {
            throw .cbor(error)
        }
        do throws(AuthenticatorDataError) {
            self = try AuthenticatorData(bytes)
        } catch {
            throw .authenticatorData(error)
        }
    }

    /// Throws when there is an output of an extension that was not asked for: whoever relies on it would be misled.
    func checkExtensions(requested: CBORMap, unsigned: CBORMap) throws(ResponseError) {
        for entry in (extensions?.entries ?? []) + unsigned.entries where requested[entry.key] == nil {
            throw .unrequestedExtension(entry.key.text ?? "")
        }
    }
}
