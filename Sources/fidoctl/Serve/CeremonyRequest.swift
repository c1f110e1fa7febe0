import WebAuthn
import Interaction

/// A registration or a login that an application asks for.
struct CeremonyRequest: Hashable, Sendable {
    enum Kind {
        case create, get
    }

    enum Options: Hashable, Sendable {
        case create(CreationOptions)
        case get(RequestOptions)
    }

    let origin: Origin
    let ancestors: Caller.Ancestors
    let options: Options

    /// Reads the options from a member of `message`, which is valid JSON.
    init(
        _ kind: Kind,
        in message: [UInt8],
        member: String,
        origin: String?,
        topOrigin: String? = nil,
        crossOrigin: Bool = false
    ) throws(ServedError) {
        guard let origin else { throw .unreadable(.missing(path: "origin")) }
        guard let json = MessageScanner.value(of: member, in: message) else {
            throw .unreadable(.missing(path: member))
        }
        let page = try Self.parse(origin)
        let top: Origin? = if let topOrigin { try Self.parse(topOrigin) } else { nil }
        self.origin = page
        ancestors = crossOrigin || top != nil ? .crossOrigin(top: top) : .sameOrigin
        do throws(JSONError) {
            options =
                switch kind {
                case .create: .create(try CreationOptions(json: json, from: page))
                case .get: .get(try RequestOptions(json: json, from: page))
                }
        } catch {
            throw .options(error)
        }
    }

    var operation: KeyOperation {
        switch options {
        case .create(let options): .register(rpId: options.rp.id)
        case .get(let options): .logIn(rpId: options.rpId)
        }
    }

    /// The time limit that the site suggests.
    var timeout: Duration? {
        switch options {
        case .create(let options): options.timeout
        case .get(let options): options.timeout
        }
    }

    var caller: Caller { .page(origin: origin, ancestors: ancestors) }

    /// Throws for what no key could change.
    func check() throws(ServedError) {
        do throws(CeremonyError) {
            switch options {
            case .create(let options): try options.check(for: caller)
            case .get(let options): try options.check(for: caller)
            }
        } catch {
            let failure = error.failure(key: nil)
            throw ServedError(failure, DOMException(error, failure.code))
        }
    }

    private static func parse(_ origin: String) throws(ServedError) -> Origin {
        do throws(OriginError) {
            return try Origin(origin)
        } catch {
            throw .origin(error)
        }
    }
}
