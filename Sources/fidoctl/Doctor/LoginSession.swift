import Interaction

/// Where this user sits: systemd and elogind give devices to the active user at the machine's seat.
struct LoginSession: Sendable {
    /// Whether logind, or elogind, runs.
    let hasSeats: Bool
    /// The seat at which this user is the active one.
    let seat: String?
    /// The seat of this session while another is in front.
    let waitingSeat: String?
    /// The address that the person has logged in from.
    let remoteAddress: String?

    init(in surroundings: Surroundings) {
        let folder = "/run/systemd/seats"
        hasSeats = surroundings.exists(folder)
        seat = surroundings.names(in: folder).first { seat in
            surroundings.assignments("\(folder)/\(seat)")["ACTIVE_UID"] == String(surroundings.userID)
        }
        .map(TerminalText.escape)
        let session =
            surroundings.variable("XDG_SESSION_ID")
            .map { surroundings.assignments("/run/systemd/sessions/\($0)") } ?? [:]
        let own = session["SEAT"] ?? surroundings.variable("XDG_SEAT")
        waitingSeat = seat == nil && session["ACTIVE"] != "1" ? own.map(TerminalText.escape) : nil
        // sudo and su remove the variable, and keep the session.
        let client = surroundings.variable("SSH_CONNECTION").map { String($0.prefix { $0 != " " }) }
        remoteAddress = (client ?? (session["REMOTE"] == "1" ? session["REMOTE_HOST"] ?? "?" : nil)).map(
            TerminalText.escape
        )
    }

    func finding(hasSystemdRules: Bool) -> Finding {
        if let seat { return .ok(.session, .atSeat(seat, hasSystemdRules: hasSystemdRules)) }
        if let remoteAddress { return .notApplicable(.session, .remoteSession(remoteAddress)) }
        if let waitingSeat { return .notApplicable(.session, .behindAnother(waitingSeat)) }
        return .notApplicable(.session, hasSeats ? .notAtSeat : .noSeats)
    }
}
