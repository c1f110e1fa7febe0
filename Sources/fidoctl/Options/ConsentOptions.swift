import ArgumentParser

/// Consent given beforehand to what a command changes or erases.
struct ConsentOptions: ParsableArguments {
    @Flag(help: "Do it without asking first.")
    var yes = false
}
