using FteAgent.Cluster.Hosting;
using FteAgent.Testing;

// The processes that these tests start, kill, freeze and cut off: dotnet exec this.dll silo, kafka-broker, or model MILLISECONDS
return args switch
{
    ["silo"] => await TestSilo.Run(),
    [MockBroker.Mode] => MockBroker.Run(),
    [ModelProgram.Mode, var milliseconds] => await ModelProgram.Run(milliseconds),
    _ => 1,
};
