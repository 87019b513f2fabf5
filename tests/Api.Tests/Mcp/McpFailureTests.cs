using System.Reflection;
using System.Text.Json;
using FteAgent.Answering;
using FteAgent.Api.Hosting;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Knowledge;
using FteAgent.Operators;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

namespace FteAgent.Api.Mcp;

/// <summary>What programs hear when something is in trouble: a sentence in a result, and nothing of our insides.</summary>
[Collection(McpCollection.Name)]
public sealed class McpFailureTests(McpSilo fixture)
{
    private readonly RunningSilo silo = fixture.Silo;

    [Theory]
    [InlineData(typeof(NotSupportedException), 4102)]
    [InlineData(typeof(RecordUnavailableException), 4101)]
    public async Task An_act_that_a_silo_of_the_release_before_does_not_know_is_to_be_tried_again(Type failure, int told)
    {
        var log = new LogLines();
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(log));
        var conversations = new ConversationCalls(GrainsThatFail.With(() => (Exception)Activator.CreateInstance(failure, "an inside")!), TimeProvider.System);
        var calls = new McpCalls(
            silo.Service<IKnowledgeIndex>(), silo.Service<ICustomerHistory>(),
            new McpActs(conversations, silo.Service<IQuotedDrafts>(), TimeProvider.System, logs.CreateLogger<McpActs>()), logs.CreateLogger<McpCalls>());
        var caller = new McpCaller(new Operator(Guid.NewGuid(), "Ana"), new Customer(new(Guid.NewGuid()), "Mira", [], default, default));

        var result = await calls.Call(caller, new CallToolRequestParams
        {
            Name = "create_ticket",
            Arguments = JsonSerializer.SerializeToElement(new { subject = "x", category = "general", priority = "low" }).EnumerateObject().ToDictionary(field => field.Name, field => field.Value),
        }, default);

        Assert.True(result.IsError);
        var sentence = Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
        Assert.Contains("Try again in a few seconds, with the same request_id", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("inside", sentence, StringComparison.Ordinal);
        Assert.Contains(log.Lines, line => line.Event == told);
    }

    /// <summary>Grains of which every call fails, on either engine.</summary>
    public class GrainsThatFail : DispatchProxy
    {
        private Func<Exception> failure = null!;

        public static IGrainFactory With(Func<Exception> failure) => (IGrainFactory)Make(typeof(IGrainFactory), failure);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IGrainFactory.GetGrain) ? Make(targetMethod.ReturnType, failure) : throw failure();

        private static object Make(Type grain, Func<Exception> failure)
        {
            var made = Create(grain, typeof(GrainsThatFail));
            ((GrainsThatFail)made).failure = failure;
            return made;
        }
    }
}
