using System.CommandLine;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Silo.Hosting;
using FteAgent.Tickets;

namespace FteAgent.Silo.Commands;

/// <summary>Writes sample customers with real conversations, so that the console has something to show.</summary>
internal static class SeedCommand
{
    private static readonly TimeSpan SettleFor = TimeSpan.FromSeconds(30);

    private static readonly Sample[] Samples =
    [
        new("Mira Okafor", "mira@example.com", "Getting started", TicketCategory.Technical, "How do I import my own documents?"),
        new("Tom Lindqvist", "tom@example.com", "Refund for March", TicketCategory.Billing, "I was charged twice in March. I'd like a refund for the second payment, please."),
        new("Priya Nair", "priya@example.com", "Where is the data?", TicketCategory.General, "In which file does the product keep its data, and how do I make a backup?"),
        new("Jonas Weber", "jonas@example.com", "A person, please", TicketCategory.General, "Could I talk to a real person about our contract?"),
        new("Ana Castro", "ana@example.com", "Sign in", TicketCategory.Technical, "How does an operator sign in to the console?"),
    ];

    public static Command Create()
    {
        var command = new Command("seed", "Add sample customers with conversations (run it while no silo runs on this data).");
        command.SetAction((_, token) => Run(token));
        return command;
    }

    private static async Task<int> Run(CancellationToken cancellationToken)
    {
        await using var app = SiloHost.Build([], builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            // Any free port: this silo is here for its grains.
            builder.Configuration["FTE_URL"] = "http://127.0.0.1:0";
            builder.Configuration["METRICS_PORT"] = "0";
        });
        await app.StartAsync(cancellationToken);
        var conversations = app.Services.GetRequiredService<ConversationCalls>();
        var directory = app.Services.GetRequiredService<ICustomerDirectory>();
        var store = app.Services.GetRequiredService<IConversationStore>();
        var time = app.Services.GetRequiredService<TimeProvider>();

        foreach (var sample in Samples)
        {
            // The same sample seeded twice is one customer and one message.
            var customer = await directory.Resolve(new(IdentifierKind.WebSession, $"seed:{sample.Email}", true), new(sample.Name, sample.Email), cancellationToken);
            var message = new IncomingMessage(
                MessageId.Mint(time), TicketId.Mint(time), Channel.Web, $"{customer}/seed", sample.Message, time.GetUtcNow(),
                new(sample.Subject, sample.Category, TicketPriority.Medium), []);
            await conversations.Act(customer, grain => grain.Accept(message), cancellationToken);
            await Settled(store, customer, cancellationToken);
            Console.WriteLine($"{sample.Name}: {(await store.Load(customer, cancellationToken)).CurrentTicket?.Status.ToString().ToLowerInvariant() ?? "closed"}");
        }

        await app.StopAsync(cancellationToken);
        return 0;
    }

    private static async Task Settled(IConversationStore store, CustomerId customer, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(SettleFor);
        while ((await store.Load(customer, limit.Token)).Exchange is not null)
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
    }

    private sealed record Sample(string Name, string Email, string Subject, TicketCategory Category, string Message);
}
