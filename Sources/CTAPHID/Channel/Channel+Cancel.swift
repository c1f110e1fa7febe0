extension Channel {
    /// Stops a request that the key has whole: CANCEL once, then its final answer, then INIT if none came.
    ///
    /// Returns the payload of the final answer. Only CBOR knows CANCEL (CTAP 2.1 §11.2.9.1.5), and only a request
    /// whose reply has not begun needs it. It has no answer of its own: the request's is awaited. No error comes from
    /// here: a key that is gone has nothing left to stop, and one that is out of sync stays so for the next request.
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
        return nil
    }

    /// Reads on to the end of the reply; `nil` when it does not come in time.
    private mutating func finalReply(on request: Message, _ reader: ReplyReader) throws(CTAPHIDError) -> [UInt8]? {
        var reader = reader
        let end = Deadline(after: timing.drain)
        while !end.hasPassed {
            guard let packet = try read(request.channel, by: end, during: request.command) else { continue }
            do throws(CTAPHIDError) {
                if case .reply(let payload) = try add(packet, to: &reader) { return payload }
            } catch {
                // Said to the CANCEL, which some keys do not know, and not to the request, which goes on.
                guard case .device(let code, _) = error, [.channelBusy, .invalidCommand].contains(code) else {
                    throw error
                }
                isOutOfSync = true
            }
        }
        return nil
    }
}
