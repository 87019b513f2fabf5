using FteAgent.Sqlite;

// Run by the crash tests, which kill it: dotnet exec this.dll crashing-writer FILE
return args is ["crashing-writer", var path] ? await CrashingWriter.Run(path) : 1;
