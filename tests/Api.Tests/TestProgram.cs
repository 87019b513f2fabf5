using FteAgent.Testing;

namespace FteAgent.Api;

/// <summary>What tests start as a process of its own: dotnet exec this.dll kafka-broker.</summary>
internal static class TestProgram
{
    public static int Main(string[] arguments) => arguments is [MockBroker.Mode] ? MockBroker.Run() : 1;
}
