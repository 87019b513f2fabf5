using System.CommandLine;
using FteAgent.Silo.Commands;

var root = new RootCommand("FteAgent: an AI employee for customer success. Without a command it runs.")
{
    RunCommand.Create(),
    MigrateCommand.Create(),
    KnowledgeCommand.Create(),
    ChatCommand.Create(),
    OperatorsCommand.Create(),
    BackupCommand.Create(),
    SeedCommand.Create(),
};
root.SetAction(RunCommand.Run);
return await Sentence.OnFailure(() => root.Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false }));
