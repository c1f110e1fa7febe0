/// Takes the events of a command as they happen.
package protocol EventSink: Sendable {
    func report(_ event: Event)
}
