import Testing

/// Ring 3 (docs/testing.md): real programs, ours and others', on hidraw devices. One test at a time, for each starts
/// several processes.
@Suite(.serialized) enum HidrawTests {}
