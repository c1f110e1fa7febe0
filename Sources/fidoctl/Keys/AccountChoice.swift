import CTAP2
import CTAPHID
import Interaction
import WebAuthn

/// Chooses one of several accounts on a key for a login.
struct AccountChoice {
    let rpId: String
    /// The account's name, or its ID in base64url; `nil` for any.
    let wanted: String?
    /// Whether fidoctl may prompt.
    let mayAsk: Bool
    var events: (any EventSink)?

    /// The requested account, or the one that the user chooses; otherwise the first, which is the newest (CTAP 2.1
    /// §6.2.2).
    func choose(from accounts: [Authentication], by deadline: Deadline) async throws(Failure) -> Authentication {
        let matching = wanted.map { wanted in accounts.filter { $0.isCalled(wanted) } } ?? accounts
        guard let newest = matching.first else {
            guard let wanted else { throw Failure(.internal, .unexpected("accounts.isEmpty")) }
            throw Failure(
                .noCredential,
                .noSuchAccount(TerminalText.escape(wanted)),
                hint: .accounts(Self.labels(accounts))
            )
        }
        guard matching.count > 1 else { return newest }
        let site = TerminalText.site(rpId)
        let labels = Self.labels(matching)
        guard mayAsk, Environment.isTerminal(StandardStream.error.rawValue), let keyboard = KeyboardInput() else {
            Diagnostics.note(note(count: matching.count, site: site, used: labels[0]))
            return newest
        }
        events?.report(.select(accounts: matching.map(\.eventAccount)))
        let picker = Picker(title: .chooseAccount(rpId: site), choices: labels)
        guard let index = await picker.choose(with: keyboard, by: deadline) else {
            throw Task.isCancelled
                ? Failure(.cancelled, .cancelled) : Failure(.timedOut, .noAccountChosen(rpId: site))
        }
        return matching[index]
    }

    private func note(count: Int, site: String, used: String) -> Text {
        guard let wanted else { return .severalAccounts(count, rpId: site, used: used) }
        return .sameAccounts(count, name: TerminalText.escape(wanted), used: used)
    }

    /// The accounts for display, each with its ID if another one looks the same.
    static func labels(_ accounts: [Authentication]) -> [String] {
        let labels = accounts.map(\.label)
        return zip(accounts, labels).map { account, label in
            guard let id = account.user?.id, labels.count(where: { $0 == label }) > 1 else { return label }
            return label + " (ID " + Base64URL.encode(id) + ")"
        }
    }
}

extension Authentication {
    /// The account for events.
    var eventAccount: Event.Account {
        Event.Account(id: user.map { Base64URL.encode($0.id) }, name: user?.name, displayName: user?.displayName)
    }

    /// The account for display: its name and any different display name, or its ID if the key gives no name.
    fileprivate var label: String {
        let name = AuthenticationReport.name(of: user) ?? "?"
        guard let display = user?.displayName, !display.isEmpty, display != user?.name else { return name }
        return name + "  " + TerminalText.escape(display)
    }

    fileprivate func isCalled(_ name: String) -> Bool {
        guard let user else { return false }
        return user.name == name || Base64URL.encode(user.id) == name
    }
}
