using FteAgent.Attacks;

// Run by `make attacks`: dotnet exec this.dll attacks [--data DIR]
return args is [AttackCommand.Name, .. var rest] ? await AttackCommand.Run(rest, Console.Out, Console.Error) : 1;
