using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Confluent.Kafka;

namespace FteAgent.Kafka;

/// <summary>Where records go that cannot be taken: the topic of dead letters, each as it was, with why and where from in headers of ours.</summary>
/// <param name="produce">Produces a record into that topic: its key, headers and value.</param>
/// <param name="time">The clock.</param>
internal sealed class DeadLetterBox(Func<byte[]?, Headers, byte[], CancellationToken, Task<ProduceEnd>> produce, TimeProvider time)
{
    /// <summary>What the names of our headers begin with.</summary>
    public const string Prefix = "fte_dlq_";

    /// <summary>Why it could not be taken.</summary>
    public const string Cause = $"{Prefix}cause";

    /// <summary>What kind of cause that is, as <see cref="DeadKind"/> names it.</summary>
    public const string Kind = $"{Prefix}kind";

    /// <summary>Its own topic.</summary>
    public const string Topic = $"{Prefix}topic";

    /// <summary>Its partition there.</summary>
    public const string Partition = $"{Prefix}partition";

    /// <summary>Its offset there.</summary>
    public const string Offset = $"{Prefix}offset";

    /// <summary>How often it was tried.</summary>
    public const string Tries = $"{Prefix}tries";

    /// <summary>When it was given up.</summary>
    public const string At = $"{Prefix}at";

    /// <summary>That it had no key: the one that it has here was made of its place.</summary>
    public const string Unkeyed = $"{Prefix}unkeyed";

    /// <summary>
    /// Which dead letter a record was that was put back; it stays with the record. Not one of ours by its name, so that a letter that comes back to
    /// the box says which one it was before.
    /// </summary>
    public const string ReplayOf = "fte_replay_of";

    /// <summary>The longest key, in bytes, that is kept with a record that is not kept whole.</summary>
    private const int KeyLimit = 1024;

    /// <summary>Longer than there is between two attempts to keep a record here.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(1);

    private volatile Refusal? last;

    /// <summary>Whether the topic refused a record lately, in whichever form it was offered: such records wait, and their partitions with them.</summary>
    public bool HasRefusedLately => last is { } refusal && time.GetElapsedTime(refusal.At) < Lately;

    /// <summary>Puts a record there. Too large: not even that there was one can be kept. Refused: the topic takes no such records as it is.</summary>
    public async Task<ProduceEnd> Put(InboundRecord record, DeadKind kind, string cause, int tries, CancellationToken cancellationToken)
    {
        var whole = await Keep(record, record.Raw.Key, Add(Own(record.Raw.Headers), record, kind, cause, tries), record.Raw.Value ?? [], cancellationToken).ConfigureAwait(false);
        if (whole.Outcome is not ProduceOutcome.TooLarge)
            return whole;

        // Whichever part of it is too large: that there was one, and where, is kept all the same.
        var headers = Add([], record, kind, cause, tries);
        headers.Add($"{Prefix}truncated", "true"u8.ToArray());
        var key = record.Raw.Key is { Length: > KeyLimit } large ? SHA256.HashData(large) : record.Raw.Key;
        return await Keep(record, key, headers, [], cancellationToken).ConfigureAwait(false);
    }

    private async Task<ProduceEnd> Keep(InboundRecord record, byte[]? key, Headers headers, byte[] value, CancellationToken cancellationToken)
    {
        var end = await produce(key, headers, value, cancellationToken).ConfigureAwait(false);
        if (end.Outcome is ProduceOutcome.Refused && key is null)
        {
            // A topic that was made to be compacted takes none without a key. This key is no other record's, so nothing takes its place there.
            headers.Add(Unkeyed, "true"u8.ToArray());
            end = await produce(KeyOf(record), headers, value, cancellationToken).ConfigureAwait(false);
        }

        if (end.Outcome is ProduceOutcome.Refused)
            last = new(time.GetTimestamp());
        return end;
    }

    private static byte[] KeyOf(InboundRecord record) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{record.Topic}/{record.Partition}/{record.Offset}")));

    private Headers Add(Headers headers, InboundRecord record, DeadKind kind, string cause, int tries)
    {
        Add(Cause, cause);
        Add(Kind, NameOf(kind));
        Add(Topic, record.Topic);
        Add(Partition, record.Partition.ToString(CultureInfo.InvariantCulture));
        Add(Offset, record.Offset.ToString(CultureInfo.InvariantCulture));
        Add(Tries, tries.ToString(CultureInfo.InvariantCulture));
        Add(At, time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        return headers;

        void Add(string name, string value) => headers.Add(name, Encoding.UTF8.GetBytes(value));
    }

    /// <summary>What a kind is called in headers and metrics.</summary>
    public static string NameOf(DeadKind kind) => kind switch
    {
        DeadKind.Unreadable => "unreadable",
        DeadKind.Conflict => "conflict",
        DeadKind.Elsewhere => "elsewhere",
        _ => "refused",
    };

    /// <summary>A record's headers without those that the dead letters add.</summary>
    public static Headers Own(Headers? headers)
    {
        var own = new Headers();
        foreach (var header in headers ?? [])
            if (!header.Key.StartsWith(Prefix, StringComparison.Ordinal))
                own.Add(header.Key, header.GetValueBytes());
        return own;
    }

    /// <summary>When the topic last refused a record.</summary>
    private sealed record Refusal(long At);
}

/// <summary>Why a record is among the dead letters.</summary>
internal enum DeadKind
{
    /// <summary>It cannot be read: no repetition helps.</summary>
    Unreadable,

    /// <summary>Its conversation refused it, again and again: that is our fault, and may have been mended.</summary>
    Refused,

    /// <summary>Its id was used before, for other words: no repetition helps.</summary>
    Conflict,

    /// <summary>Its conversation was merged with another, and its sender has not proved that they may go on there.</summary>
    Elsewhere,
}
