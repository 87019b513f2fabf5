using FteAgent.Cluster.Hosting;
using FteAgent.Testing;

// The processes that these tests start, kill, freeze and cut off: dotnet exec this.dll silo, or kafka-broker
return args switch
{
    ["silo"] => await TestSilo.Run(),
    [MockBroker.Mode] => MockBroker.Run(),
    _ => 1,
};
