using FteAgent.Api.Hosting;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Testing;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Api.Support;

/// <summary>What the tests of those who turn out to be one begin with: a silo whose mails they read, and what customers and operators do there.</summary>
public abstract class LinkingTests : IAsyncLifetime
{
    private protected const string Ask = "/support/conversation/identifiers";
    private protected const string Verify = $"{Ask}/verify";
    private protected const string Messages = "/support/conversation/messages";
    private protected const string Own = "How do I make a backup of the data?";
    private protected const string Secret = "My account number is 4711-0815.";

    private protected RunningSilo Silo { get; private set; } = null!;

    private protected Mailbox Mailbox { get; } = new();

    private protected IConversationStore Store => Silo.Service<IConversationStore>();

    public virtual async Task InitializeAsync() => Silo = await RunningSilo.Start(services => Configure(services.AddSingleton<IChannelSender>(Mailbox)));

    public async Task DisposeAsync() => await Silo.DisposeAsync();

    /// <summary>Adds what the silo has besides.</summary>
    private protected virtual void Configure(IServiceCollection services)
    {
    }

    private protected static string NewAddress() => $"{Guid.NewGuid():N}@example.com";

    /// <summary>Whose an address is; it becomes somebody's where it was nobody's.</summary>
    private protected Task<CustomerId> Owner(string address) =>
        Silo.Service<ICustomerDirectory>().Resolve(new(IdentifierKind.Email, address, Proved: true), new(""), default);

    /// <summary>A customer whom a channel vouches for, with one message by mail that was decided.</summary>
    private protected async Task<CustomerId> Mailer(string address, string text)
    {
        var customer = await Owner(address);
        await Write(customer, text);
        await Eventually.Get(() => Store.Load(customer, default), conversation => conversation.Exchange is null);
        return customer;
    }

    /// <summary>A customer writes by mail.</summary>
    private protected Task Write(CustomerId customer, string text, SupportForm? form = null)
    {
        var time = Silo.Service<TimeProvider>();
        return Silo.Service<ConversationCalls>().Act(
            customer,
            grain => grain.Accept(new(MessageId.Mint(time), TicketId.Mint(time), Channel.Email, $"<{Guid.NewGuid()}@example.com>", text, time.GetUtcNow(), form, [])),
            default);
    }

    /// <summary>Has a code sent to an address and reads it there: the first one that was sent, or a later one.</summary>
    private protected async Task<string> Code(Caller caller, string address, int number = 1)
    {
        (await caller.Post(Ask, new { kind = "email", value = address })).Expect(202);
        return await Mailbox.Code(address, number);
    }

    /// <summary>Shows on the page that an address is the customer's.</summary>
    private protected async Task<Answer> Prove(TestCustomer customer, string address, int codes = 1) =>
        (await customer.Caller.Post(Verify, new { code = await Code(customer.Caller, address, codes) })).Expect(200);

    /// <summary>The same, on the page or typed in the chat; gives the customer with the token that they were given for it.</summary>
    private protected async Task<TestCustomer> Proved(TestCustomer customer, string address, bool typed = false, int codes = 1) => GoingOn(
        customer,
        typed
            ? (await customer.Caller.Post(Messages, new { text = await Code(customer.Caller, address, codes) })).Expect(202)
            : await Prove(customer, address, codes));

    /// <summary>The customer with the token that they were given for their proof.</summary>
    private protected TestCustomer GoingOn(TestCustomer customer, Answer proved)
    {
        var token = proved["conversation_token"].GetString()!;
        TestLogs.Secret(token);
        return customer with { Caller = Silo.With(token), Token = token };
    }

    /// <summary>An operator says that two are one.</summary>
    private protected static async Task<Answer> Merge(TestOperator by, CustomerId from, CustomerId into) =>
        (await by.Caller.Post($"/api/customers/{from}/merge", new { into = $"{into}", reason = "She said so on the phone." })).Expect(200);

    /// <summary>An operator takes back the merge of a customer that holds.</summary>
    private protected async Task Undo(TestOperator by, CustomerId customer)
    {
        var merge = (await Silo.Service<IIdentities>().Merges(customer, default)).First(known => known.UndoneAt is null);
        (await by.Caller.Delete($"/api/customers/{customer}/merges/{merge.Id}")).Expect(204);
    }
}
