import Testing

extension Program {
    /// Waits for the events `touch-needed` of these keys.
    func needsTouch(of keys: [PluggedKey]) async throws {
        let paths = keys.map(\.path)
        try await events.wait { lines in
            paths.allSatisfy { path in
                lines.contains { $0.contains("touch-needed") && $0.contains("\"\(path)\"") }
            } ? () : nil
        }
    }
}

extension PluggedKey {
    /// Expects that one CANCEL was the last packet to the key, and that it ended the request.
    func expectCancelled(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let wire = try await finalWire()
        #expect(wire.cancels.count == 1, sourceLocation: sourceLocation)
        #expect(wire.toKey.last?.packet == "CANCEL", sourceLocation: sourceLocation)
        let ended = server.errors.lines.count { $0.contains("status 0x2d") }
        #expect(ended == 1, sourceLocation: sourceLocation)
        #expect(!isLocked, sourceLocation: sourceLocation)
    }
}
