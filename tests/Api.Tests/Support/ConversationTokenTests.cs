using System.Buffers.Text;
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

        Assert.Equal(new TokenHolder(customer, IsProved: false), await tokens.Read(await tokens.Issue(customer, default), default));
        Assert.Equal(new TokenHolder(customer, IsProved: true), await tokens.Read(await tokens.IssueProved(customer, default), default));
        Assert.Equal(new TokenHolder(customer, IsProved: true), await tokens.Read(await tokens.IssueLink(customer, isProved: true, default), default));
        Assert.Equal(new TokenHolder(customer, IsProved: false), await tokens.Read(await tokens.IssueLink(customer, isProved: false, default), default));
    }

    [Fact]
    public async Task Link_to_an_address_that_nobody_proved_ends_after_a_week_and_no_other_does()
    {
        var customer = new CustomerId(Guid.NewGuid());
        var (begun, proved, link) = (await tokens.Issue(customer, default), await tokens.IssueProved(customer, default), await tokens.IssueLink(customer, isProved: false, default));
        time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromHours(1));
        Assert.NotNull(await tokens.Read(link, default));

        time.Advance(TimeSpan.FromHours(1));

        Assert.Null(await tokens.Read(link, default));
        time.Advance(TimeSpan.FromDays(3_000));
        Assert.NotNull(await tokens.Read(begun, default));
        Assert.NotNull(await tokens.Read(proved, default));
    }

    [Fact]
    public async Task One_bit_changed_makes_it_no_token_and_no_other_kind_either()
    {
        var customer = new CustomerId(Guid.NewGuid());
        foreach (var token in (string[])[await tokens.Issue(customer, default), await tokens.IssueProved(customer, default), await tokens.IssueLink(customer, isProved: false, default)])
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
