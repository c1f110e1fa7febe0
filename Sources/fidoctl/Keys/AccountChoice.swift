import CTAP2
import CTAPHID
import WebAuthn

/// Which of several accounts on a key a login is for.
struct AccountChoice {
    let rpID: String
    /// The account's name, or its ID in base64url; `nil` when nobody said.
    let wanted: String?
    /// Whether a person may be asked.
    let mayAsk: Bool

    /// The account that is wanted, or that a person chooses; else the first one, which is the newest (CTAP 2.1 §6.2.2).
    func choose(from accounts: [Authentication], by deadline: Deadline) async throws(Failure) -> Authentication {
        guard let newest = accounts.first else { throw Failure(.internal, .unexpected("no assertion")) }
        if let wanted {
            guard let account = accounts.first(where: { $0.isCalled(wanted) }) else {
                throw Failure(
                    .noCredential,
                    .noSuchAccount(TerminalText.escape(wanted)),
                    hint: .accounts(accounts.map(\.label))
                )
            }
            return account
        }
        guard accounts.count > 1 else { return newest }
        let site = TerminalText.escape(rpID)
        guard mayAsk, Environment.isTerminal(StandardStream.error.rawValue), let keyboard = KeyboardInput() else {
            Notice.tell(.severalAccounts(accounts.count, rpID: site, used: newest.label))
            return newest
        }
        let picker = Picker(title: .chooseAccount(rpID: site), choices: accounts.map(\.label))
        guard let index = await picker.choose(with: keyboard, by: deadline) else {
            throw Task.isCancelled
                ? Failure(.cancelled, .cancelled) : Failure(.timedOut, .noAccountChosen(rpID: site))
        }
        return accounts[index]
    }
}

extension Authentication {
    /// The account for people: its name and, where it differs, its display name; its ID where the key tells no name.
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
