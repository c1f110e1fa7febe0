/// Why a key's response is not what its command's response must be.
public enum ResponseError: Error, Hashable, Sendable {
    case cbor(CBORError)
    case authenticatorData(AuthenticatorDataError)
    case pinUVAuth(PINUVAuthError)
}
