extension Channel {
    /// Stops a request that the key has received: CANCEL once, then its final response, then INIT if none arrived.
    ///
    /// Returns the payload of the final response. Only CBOR has CANCEL (CTAP 2.1 §11.2.9.1.5), and only a request whose
    /// response has not begun needs it. CANCEL has no response of its own: the request's is awaited. Errors are not
    /// thrown: a key that is gone has nothing left to stop, and one that is out of sync stays so for the next request.
    mutating func giveUp(_ request: Message, _ reader: ReplyReader) -> [UInt8]? {
        do throws(CTAPHIDError) {
            if request.command == .cbor, !reader.isMidReply {
                try write(packets(of: Message(channel: request.channel, command: .cancel)))
            }
            if let payload = try finalReply(on: request, reader) { return payload }
        } catch {
            if !isOutOfSync { return nil }
        }
        try? resynchronize(by: Deadline(after: timing.resync), heedingCancellation: false)
        needsNewChannel = true
        abandonedChannel = request.channel
        return nil
    }

    /// Reads on to the end of the response; `nil` when it does not arrive in time.
    private mutating func finalReply(on request: Message, _ reader: ReplyReader) throws(CTAPHIDError) -> [UInt8]? {
        var reader = reader
        let end = Deadline(after: timing.drain)
        while !end.hasPassed {
            guard case .ours(let packet) = try read(request.channel, by: end, during: request.command) else { continue }
            do throws(CTAPHIDError) {
                if case .reply(let payload) = try add(packet, to: &reader) { return payload }
            } catch {
                // These are for the CANCEL, which some keys do not know. The request itself goes on.
                guard case .device(let code, _) = error, [.channelBusy, .invalidCommand].contains(code) else {
                    throw error
                }
                isOutOfSync = true
            }
        }
        return nil
    }
}
