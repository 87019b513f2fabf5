using FteAgent.Customers;

namespace FteAgent.Record;

public abstract class CustomerDirectoryContract : RecordContract
{
    private static CustomerIdentifier Proved(string value, IdentifierKind kind = IdentifierKind.WebSession) => new(kind, value, Proved: true);

    [Fact]
    public async Task Proved_identifier_leads_to_the_same_customer_each_time()
    {
        var first = await Record.Customers.Resolve(Proved("session-1"), new("Kim", "kim@example.com"), default);

        Assert.Equal(first, await Record.Customers.Resolve(Proved("session-1"), new("Somebody else", "else@example.com"), default));
        Assert.NotEqual(first, await Record.Customers.Resolve(Proved("session-2"), new("Kim", "kim@example.com"), default));
        Assert.NotEqual(first, await Record.Customers.Resolve(Proved("session-1", IdentifierKind.External), new("Kim"), default));
    }

    [Fact]
    public async Task New_customer_of_a_session_has_the_id_that_the_session_makes()
    {
        var session = Proved("session-1");

        Assert.Equal(CustomerId.New(session, Record.Time), await Record.Customers.Resolve(session, new("Kim"), default));
        // Every other identifier can be guessed, and so makes none.
        Assert.NotEqual(
            CustomerId.New(Proved("crm-1", IdentifierKind.External), Record.Time), await Record.Customers.Resolve(Proved("crm-1", IdentifierKind.External), new(""), default));
    }

    [Fact]
    public async Task Parallel_calls_with_one_identifier_all_get_the_same_customer()
    {
        var customers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            Task.Run(() => Record.Customers.Resolve(Proved("session-1"), new($"Name {i}", $"{i}@example.com"), default))));

        var customer = Assert.Single(customers.Distinct());
        Assert.Equal(2, (await Record.Customers.Find(customer, default))!.Identifiers.Length);
        Assert.Equal(customer, Assert.Single(await Record.Customers.Search("name", 100, default)).Id);
    }

    [Fact]
    public async Task Unproved_identifier_leads_to_nobody()
    {
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Record.Customers.Resolve(new(IdentifierKind.Email, "kim@example.com", Proved: false), new("Kim"), default));

        // A remembered address proves nothing for whoever gives it next, nor for one who has proved it.
        var remark = await Record.Customers.Resolve(Proved("session-1"), new("Kim", "kim@example.com"), default);
        Assert.NotEqual(remark, await Record.Customers.Resolve(Proved("session-2"), new("Mallory", "kim@example.com"), default));
        Assert.NotEqual(remark, await Record.Customers.Resolve(Proved("kim@example.com", IdentifierKind.Email), new("Kim"), default));
    }

    [Fact]
    public async Task Customer_is_found_with_what_is_known_of_them()
    {
        var id = await Record.Customers.Resolve(Proved("session-1"), new("Kim", "kim@example.com"), default);

        var customer = (await Record.Customers.Find(id, default))!;

        Assert.Equal((id, "Kim", Record.Now, Record.Now, "kim@example.com"), (customer.Id, customer.Name, customer.CreatedAt, customer.LastSeenAt, customer.Email));
        Assert.Equivalent(new[] { Proved("session-1"), new(IdentifierKind.Email, "kim@example.com", Proved: false) }, customer.Identifiers);
        Assert.Null(await Record.Customers.Find(new(Guid.NewGuid()), default));
    }

    [Fact]
    public async Task Missing_name_and_address_are_filled_in_and_known_ones_kept()
    {
        var id = await Record.Customers.Resolve(Proved("session-1"), new(""), default);
        await Record.Customers.Resolve(Proved("session-1"), new("Kim", "kim@example.com"), default);
        await Record.Customers.Resolve(Proved("session-1"), new("Tim", "tim@example.com"), default);

        var customer = (await Record.Customers.Find(id, default))!;

        Assert.Equal(("Kim", "kim@example.com"), (customer.Name, customer.Email));
        Assert.Equal(2, customer.Identifiers.Length);
    }

    [Fact]
    public async Task Last_seen_is_when_the_customer_last_wrote()
    {
        var conversation = await Record.NewConversation();
        var started = Record.Now;
        Record.Advance(60);
        conversation = await Record.Commit(In(conversation).CustomerSays("Hello"));
        Record.Advance(60);
        await Record.Commit(In(conversation).AssistantSays("Hi."));

        var customer = (await Record.Customers.Find(conversation.Customer, default))!;

        Assert.Equal((started, started.AddSeconds(60)), (customer.CreatedAt, customer.LastSeenAt));
    }

    [Fact]
    public async Task Search_finds_parts_of_names_and_identifiers_latest_seen_first()
    {
        await Record.Customers.Resolve(Proved("s-1"), new("Kim Åström", "kim@example.com"), default);
        Record.Advance(1);
        await Record.Customers.Resolve(Proved("s-2"), new("Joakim", "jo@example.com"), default);
        Record.Advance(1);
        await Record.Customers.Resolve(Proved("+4670123", IdentifierKind.Phone), new("Ada"), default);

        async Task<IEnumerable<string>> Search(string query, int limit = 100) => (await Record.Customers.Search(query, limit, default)).Select(c => c.Name);

        Assert.Equal(["Joakim", "Kim Åström"], await Search("KIM"));
        Assert.Equal(["Joakim"], await Search("kim", 1));
        Assert.Equal(["Kim Åström"], await Search("åSTRÖM"));
        Assert.Equal(["Kim Åström"], await Search("  kim@example   Åst "));
        Assert.Equal(["Ada"], await Search("467012"));
        Assert.Equal(["Ada", "Joakim", "Kim Åström"], await Search(""));
        Assert.Empty(await Search("nobody"));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("\\")]
    [InlineData("100%_sure\\")]
    [InlineData("' or 1=1 --")]
    public async Task Search_takes_no_character_for_a_pattern(string text)
    {
        await Record.Customers.Resolve(Proved("s-1"), new("Kim"), default);
        var odd = await Record.Customers.Resolve(Proved("s-2"), new($"a{text}b"), default);

        Assert.Equal(odd, Assert.Single(await Record.Customers.Search(text, 100, default)).Id);
    }

    [Fact]
    public async Task Endless_query_is_answered_like_any_other() =>
        Assert.Empty(await Record.Customers.Search(string.Concat(Enumerable.Repeat("a%_ ", 100_000)), 100, default));
}
