using FteAgent.Sqlite;
using FteAgent.Testing;

// Run by tests, which kill it: dotnet exec this.dll crashing-writer FILE, or kafka-broker
return args switch
{
    ["crashing-writer", var path] => await CrashingWriter.Run(path),
    [MockBroker.Mode] => MockBroker.Run(),
    _ => 1,
};
