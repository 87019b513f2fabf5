using System.CommandLine;
using FteAgent.Answering.Rules;
using FteAgent.Health;
using FteAgent.Silo.Commands;

ReadingTime.Limit();
var root = new RootCommand("FteAgent: an AI employee for customer success. Without a command it runs.")
{
    RunCommand.Create(),
    MigrateCommand.Create(),
    DoctorCommand.Create(),
    KnowledgeCommand.Create(),
    ChatCommand.Create(),
    OperatorsCommand.Create(),
    CustomersCommand.Create(),
    BackupCommand.Create(),
    KafkaCommand.Create(),
    DeadLettersCommand.Create(),
    SeedCommand.Create(),
};
root.SetAction(RunCommand.Run);
// Its own two seconds from the sign to stop to the end of the process would end a silo in the midst of its drain.
var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopTime.ForProcess };
return await Sentence.OnFailure(() => root.Parse(args).InvokeAsync(invocation));
