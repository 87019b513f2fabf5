using System.Buffers.Text;
using System.Security.Cryptography;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Operators;
using FteAgent.Testing;

namespace FteAgent.Api.Support;

/// <summary>What opens a conversation, and for how long.</summary>
public sealed class ConversationTokenTests
{
    private readonly FakeTime time = new();
    private readonly ConversationTokens tokens;

    public ConversationTokenTests() => tokens = new(new OneSecret(), time);

    [Fact]
    public async Task Each_kind_is_read_as_what_it_was_given_as()
    {
        var customer = new CustomerId(Guid.NewGuid());

        Assert.Equal(new TokenHolder(customer, null), await tokens.Read(await tokens.Issue(customer, default), default));
        Assert.Equal(new TokenHolder(customer, 7), await tokens.Read(await tokens.IssueProved(customer, 7, default), default));
        Assert.Equal(new TokenHolder(customer, 7), await tokens.Read(await tokens.IssueLink(customer, 7, default), default));
        Assert.Equal(new TokenHolder(customer, null), await tokens.Read(await tokens.IssueLink(customer, null, default), default));
    }

    [Fact]
    public async Task Link_ends_after_a_week_whoever_it_was_mailed_to_and_no_other_token_does()
    {
        var customer = new CustomerId(Guid.NewGuid());
        var (begun, proved) = (await tokens.Issue(customer, default), await tokens.IssueProved(customer, 0, default));
        var links = new[] { await tokens.IssueLink(customer, null, default), await tokens.IssueLink(customer, 0, default) };
        time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromHours(1));
        foreach (var link in links)
            Assert.NotNull(await tokens.Read(link, default));

        time.Advance(TimeSpan.FromHours(1));

        foreach (var link in links)
            Assert.Null(await tokens.Read(link, default));
        time.Advance(TimeSpan.FromDays(3_000));
        Assert.NotNull(await tokens.Read(begun, default));
        Assert.NotNull(await tokens.Read(proved, default));
    }

    [Fact]
    public async Task Token_of_the_first_release_opens_its_own_conversation()
    {
        var customer = new CustomerId(Guid.NewGuid());
        var (named, key) = (customer.Value.ToByteArray(), await new OneSecret().GetOrCreate("conversation-token", 32, default));

        var token = Base64Url.EncodeToString([.. named, .. HMACSHA256.HashData(key, named)]);

        Assert.Equal(new TokenHolder(customer, null), await tokens.Read(token, default));
    }

    [Theory]
    [InlineData(null, 0, false)]
    [InlineData(0L, 0, true)]
    [InlineData(0L, 1, false)]
    [InlineData(1L, 0, false)]
    public void Token_follows_its_customer_where_it_was_given_for_a_proof_and_no_merge_was_undone_since(long? given, long now, bool follows)
    {
        var customer = new CustomerId(Guid.NewGuid());

        Assert.Equal(follows, new TokenHolder(customer, given).Follows(Conversation.New(customer) with { Parted = now }));
    }

    [Fact]
    public async Task No_two_kinds_are_of_one_length()
    {
        var customer = new CustomerId(Guid.NewGuid());
        var kinds = new[]
        {
            await tokens.Issue(customer, default), await tokens.IssueProved(customer, 0, default), await tokens.IssueLink(customer, null, default),
            await tokens.IssueLink(customer, 0, default),
        };

        Assert.Equal(kinds.Length, kinds.Select(token => token.Length).Distinct().Count());
        Assert.All(kinds, token => Assert.True(ConversationTokens.MayBe(token)));
        // As frontend/lib/private-link.ts has them.
        Assert.Equal((75, 70), (kinds[1].Length, kinds[2].Length));
    }

    [Fact]
    public async Task One_bit_changed_makes_it_no_token_and_no_other_kind_either()
    {
        var customer = new CustomerId(Guid.NewGuid());
        foreach (var token in (string[])
            [
                await tokens.Issue(customer, default), await tokens.IssueProved(customer, 1, default), await tokens.IssueLink(customer, null, default),
                await tokens.IssueLink(customer, 1, default),
            ])
        {
            var bytes = Base64Url.DecodeFromChars(token);
            for (var bit = 0; bit < bytes.Length * 8; bit++)
            {
                var changed = bytes.ToArray();
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.Null(await tokens.Read(Base64Url.EncodeToString(changed), default));
            }

            Assert.Null(await tokens.Read(token[..^1], default));
        }
    }

    private sealed class OneSecret : ISecretStore
    {
        private readonly byte[] secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

        public Task<byte[]> GetOrCreate(string name, int length, CancellationToken cancellationToken) => Task.FromResult(secret[..length]);
    }
}
