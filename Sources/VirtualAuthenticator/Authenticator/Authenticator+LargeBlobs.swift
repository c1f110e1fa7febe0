import CTAP2

/// authenticatorLargeBlobs (CTAP 2.1 §6.10.3), with the checks in the specification's order.
extension Authenticator {
    func largeBlobs(_ request: LargeBlobsParameters) throws(Refusal) -> CommandStep {
        let writing = stateful
        stateful = nil
        guard let offset = request.offset else { throw Refusal(.invalidParameter) }
        switch (request.get, request.set) {
        case (let count?, nil): return try getLargeBlobs(count, at: offset, request)
        case (nil, let fragment?): return try setLargeBlobs(fragment, at: offset, request, after: writing)
        default: throw Refusal(.invalidParameter)
        }
    }

    private var maxFragmentLength: Int { max(0, maximumMessageSize - 64) }

    private func getLargeBlobs(
        _ count: Int,
        at offset: Int,
        _ request: LargeBlobsParameters
    ) throws(Refusal) -> CommandStep {
        guard request.length == nil, request.pinUVAuth == PINUVAuthParameters() else {
            throw Refusal(.invalidParameter)
        }
        guard count <= maxFragmentLength else { throw Refusal(.invalidLength) }
        let array = try store.read().largeBlobs ?? StoredLargeBlobs.initial
        guard offset <= array.count else { throw Refusal(.invalidParameter) }
        return .finished([0x01: .bytes(Array(array.dropFirst(offset).prefix(count)))])
    }

    private func setLargeBlobs(
        _ fragment: [UInt8],
        at offset: Int,
        _ request: LargeBlobsParameters,
        after writing: StatefulCommand?
    ) throws(Refusal) -> CommandStep {
        guard fragment.count <= maxFragmentLength else { throw Refusal(.invalidLength) }
        var partial = try partialArray(at: offset, length: request.length, after: writing)
        let state = try store.read()
        if isProtected(state) || isAlwaysUv(state) {
            let message = LargeBlobsParameters.message(offset: offset, fragment: fragment)
            _ = try authorize(request.pinUVAuth, for: .largeBlobWrite, over: message)
        }
        partial.bytes += fragment
        guard partial.bytes.count <= partial.length else { throw Refusal(.invalidParameter) }
        guard partial.bytes.count == partial.length else {
            stateful = .largeBlobs(partial)
            return .finished(nil)
        }
        guard StoredLargeBlobs.isWhole(partial.bytes) else { throw Refusal(.integrityFailure) }
        try store.change(statusWhenFull: .largeBlobStorageFull) { state throws(Refusal) in
            state.largeBlobs = partial.bytes
        }
        return .finished(nil)
    }

    /// The write that a fragment belongs to: the first starts a new one, any other must continue it.
    private func partialArray(
        at offset: Int,
        length: Int?,
        after writing: StatefulCommand?
    ) throws(Refusal) -> PartialLargeBlobArray {
        if offset == 0 {
            guard let length else { throw Refusal(.invalidParameter) }
            guard length <= settings.management.largeBlobCapacity ?? 0 else { throw Refusal(.largeBlobStorageFull) }
            guard length >= StoredLargeBlobs.leastSize else { throw Refusal(.invalidParameter) }
            return PartialLargeBlobArray(length: length)
        }
        guard length == nil else { throw Refusal(.invalidParameter) }
        guard case .largeBlobs(let partial) = writing, partial.bytes.count == offset else {
            throw Refusal(.invalidSequence)
        }
        return partial
    }
}
