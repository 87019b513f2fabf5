using FteAgent.Channels;
using FteAgent.Customers;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Conversations;

/// <summary>Whose a message is that a channel brings, and what is noted of it.</summary>
public sealed class ChannelIntakeTests : IAsyncLifetime
{
    private Support support = null!;

    private ChannelIntake Intake => ActivatorUtilities.CreateInstance<ChannelIntake>(support.Silo);

    private IOrigins Origins => support.Silo.GetRequiredService<IOrigins>();

    public async Task InitializeAsync() => support = await Support.Open();

    public async Task DisposeAsync() => await support.DisposeAsync();

    [Fact]
    public async Task Messages_under_one_id_of_another_system_are_one_customers_whatever_address_they_come_from()
    {
        var crm = new CustomerIdentifier(IdentifierKind.External, "crm-17", Proved: true);

        var first = await Intake.Take(Mail("m1", "mira@example.com") with { Identity = crm }, default);
        var second = await Intake.Take(Mail("m2", "mira@work.example.com") with { Identity = crm }, default);

        Assert.Equal((1, 2), (first.Sequence, second.Sequence));
        // Each is answered where it came from.
        Assert.Equal("mira@example.com", (await Origins.Find(first.MessageId, default))!.Address);
        Assert.Equal("mira@work.example.com", (await Origins.Find(second.MessageId, default))!.Address);
    }

    [Fact]
    public async Task Message_of_a_session_is_its_customers_and_has_no_origin()
    {
        var session = new CustomerIdentifier(IdentifierKind.WebSession, "web:0123456789", Proved: true);
        var message = new InboundMessage(Channel.Web, "c/1", new(session.Kind, session.Value, true, "Mira"), "How do I export?", support.Time.GetUtcNow())
        {
            Identity = session,
            Email = "mira@example.com",
        };

        var (first, again) = (await Intake.Take(message, default), await Intake.Take(message, default));

        Assert.Equal((AcceptOutcome.Stored, AcceptOutcome.Duplicate), (first.Outcome, again.Outcome));
        Assert.Equal(first.MessageId, again.MessageId);
        Assert.Null(await Origins.Find(first.MessageId, default));
        var customer = await support.Silo.GetRequiredService<ICustomerDirectory>().Find(CustomerId.New(session, support.Time), default);
        Assert.Equal(("Mira", "mira@example.com"), (customer!.Name, customer.Email));
    }

    [Fact]
    public async Task Message_of_a_customer_who_is_known_asks_nobody_who_they_are()
    {
        var customer = await support.NewCustomer();

        await Intake.Take(
            new InboundMessage(Channel.Web, "c/1", new(IdentifierKind.WebSession, customer.ToString(), true), "How do I export?", support.Time.GetUtcNow()) { Customer = customer }, default);

        Assert.Equal(1, (await support.Load(customer)).LastSequence);
    }

    [Fact]
    public async Task Address_that_nobody_vouches_for_starts_a_customer_each_time()
    {
        var first = await Intake.Take(Mail("m1", "mira@example.com"), default);
        var second = await Intake.Take(Mail("m2", "mira@example.com"), default);

        Assert.Equal((1, 1), (first.Sequence, second.Sequence));
        Assert.Equal(first, await Intake.Take(Mail("m1", "mira@example.com"), default));
    }

    private InboundMessage Mail(string id, string from) =>
        new(Channel.Email, id, new(IdentifierKind.Email, from, Proved: false, "Mira"), "How do I export my data?", support.Time.GetUtcNow());
}
