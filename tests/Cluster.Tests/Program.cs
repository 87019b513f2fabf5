using FteAgent.Cluster.Hosting;

// The process that these tests start, kill, freeze and cut off: dotnet exec this.dll silo
return args is ["silo"] ? await TestSilo.Run() : 1;
