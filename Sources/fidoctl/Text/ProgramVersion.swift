/// The version of fidoctl, as `--version` prints it.
let programVersion = "0.1.0"
