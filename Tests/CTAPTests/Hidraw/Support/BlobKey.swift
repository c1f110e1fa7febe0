import CTAP2
import CTAPHID
import Crypto
import Glibc
import Testing
import VirtualAuthenticator

/// A software key with large blobs, written in process before the key is plugged in.
struct BlobKey: Sendable {
    /// One element of the array.
    enum Element: Sendable {
        case blob(of: Int, [UInt8])
        /// A blob without a credential.
        case orphan([UInt8])
        /// An element that is not a blob.
        case foreign
    }

    /// The relying parties, each with one credential.
    var rpIds = ["example.com"]
    var elements: [Element] = []
    /// Replaces the elements; its digest is appended.
    var body: [UInt8]?

    /// Writes the state of a key without a PIN to this file.
    func fill(_ file: String) async throws {
        let key = try VirtualKey(storage: FileStorage(path: file), presence: TimedPresence(after: .zero))
        let session = Session(Connection(VirtualHIDDevice(key)))
        let operation = CTAP2.Operation(within: .seconds(60))
        var largeBlobKeys: [LargeBlobKey] = []
        for (number, rpId) in rpIds.enumerated() {
            let request = MakeCredentialRequest(
                clientDataHash: [UInt8](repeating: 1, count: 32),
                rp: PublicKeyCredentialRpEntity(id: rpId),
                user: PublicKeyCredentialUserEntity(id: [UInt8(number)], name: "user\(number)"),
                pubKeyCredParams: [PublicKeyCredentialParameters(alg: .es256)],
                extensions: ["largeBlobKey": true],
                options: .init(rk: true)
            )
            largeBlobKeys.append(try #require(try await session.makeCredential(request, operation).largeBlobKey))
        }
        if let body = try body ?? encoded(elements, largeBlobKeys) {
            let serialized = body + SHA256.hash(data: body).prefix(16)
            _ = try await session.send(LargeBlobsRequest(.set(serialized, length: serialized.count), at: 0), operation)
        }
        await session.connection.close()
    }

    private func encoded(_ elements: [Element], _ keys: [LargeBlobKey]) throws -> [UInt8]? {
        guard !elements.isEmpty else { return nil }
        let values = try elements.map { element -> CBORValue in
            switch element {
            case .blob(let index, let data): .map(try LargeBlob(sealing: data, with: keys[index]).cbor)
            case .orphan(let data):
                .map(try LargeBlob(sealing: data, with: LargeBlobKey([UInt8](repeating: 9, count: 32))).cbor)
            case .foreign: "not a blob"
            }
        }
        return CBOREncoder.encode(.array(values))
    }
}

extension PINBed {
    /// Plugs in a key with a PIN and these blobs.
    static func with(
        _ blobs: BlobKey,
        _ settings: [String: String] = [:],
        rules: [String] = [],
        _ use: (PINBed) async throws -> Void
    ) async throws {
        try await Testbed.with { bed in
            try await blobs.fill("\(bed.folder)/key0")
            let key = try await plug(in: bed, 0, settings, rules: rules)
            let pinFile = bed.folder + "/pin"
            try TextFile.write(pin + "\n", to: pinFile)
            try await use(PINBed(bed: bed, key: key, terminal: PseudoTerminal(), pinFile: pinFile))
        }
    }
}
