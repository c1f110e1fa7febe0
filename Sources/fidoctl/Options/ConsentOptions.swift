import ArgumentParser

/// The option to confirm a change in advance.
struct ConsentOptions: ParsableArguments {
    @Flag(help: "Do not ask for confirmation.")
    var yes = false
}
