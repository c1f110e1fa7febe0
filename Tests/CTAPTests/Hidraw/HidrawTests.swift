import Testing

/// Ring 3 (docs/testing.md): real programs, ours and others', on hidraw devices. Runs one test at a time, since each
/// starts several processes.
@Suite(.serialized) enum HidrawTests {}
