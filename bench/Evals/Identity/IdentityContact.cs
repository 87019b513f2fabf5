using System.Text.Json;
using System.Text.Json.Serialization;

namespace FteAgent.Evals.Identity;

/// <summary>What a labelled contact should lead to.</summary>
internal enum Expectation
{
    /// <summary>Nothing was known of this person before.</summary>
    First,

    /// <summary>There is proof that it is the same person as in an earlier contact.</summary>
    Joined,

    /// <summary>There is no proof: it must stay by itself, whoever it is.</summary>
    Apart,
}

/// <summary>One labelled contact: who really wrote, what the channel could prove, and what should follow.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Day">When: days since the first.</param>
/// <param name="Person">Who really wrote.</param>
/// <param name="Channel">web, email or whatsapp.</param>
/// <param name="From">The address as it was written or typed; empty on the web without one.</param>
/// <param name="Proof">
/// dmarc (an aligned pass; with a <paramref name="Key"/> it answers a mail of ours), signature (the provider's), token (the browser's own, named by
/// <paramref name="Key"/>), reply (it names a mail of ours, given by <paramref name="Key"/>, and proves nothing else), thread (it names a mail of
/// the customer's own, given by <paramref name="Key"/>, and proves nothing else), or none.
/// </param>
/// <param name="Expect">What should follow.</param>
/// <param name="With">The earlier contact of the same person, where one is expected to be joined.</param>
/// <param name="Case">What it is a case of.</param>
/// <param name="Key">The token, or the contact that was answered by our mail, or whose mail is named.</param>
/// <param name="Link">An address that the person says is theirs as well, after this contact.</param>
/// <param name="Code">The code that they give for it: right, wrong, or none.</param>
internal sealed record IdentityContact(
    string Id, int Day, string Person, string Channel, string From, string Proof, Expectation Expect, string? With = null, string Case = "",
    string? Key = null, string? Link = null, string? Code = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static IdentityContact Read(JsonElement line) => line.Deserialize<IdentityContact>(Json) ?? throw new FormatException("A contact is missing.");

    public string Write() => JsonSerializer.Serialize(this, Json);
}
