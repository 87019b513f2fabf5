using System.Collections.Immutable;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Api.Live;

/// <summary>What operators see beside a conversation's messages: what came with them, and what became of those that went out.</summary>
internal sealed class MessageCompanions(IAttachments attachments, IDeliveries deliveries, IOrigins origins)
{
    /// <summary>As many of the latest deliveries are told; a page shows no more messages than that.</summary>
    private const int DeliveryLimit = Transcripts.Limit;

    /// <summary>What is told beside these messages of a conversation.</summary>
    public async Task<Companions> Of(CustomerId customer, ImmutableArray<Message> messages, CancellationToken cancellationToken) =>
        await Of(customer, messages, await Deliveries(customer, cancellationToken), cancellationToken);

    /// <inheritdoc cref="Of(CustomerId, ImmutableArray{MessageId}, ImmutableSortedDictionary{string, ImmutableArray{DeliveryView}}, CancellationToken)"/>
    public Task<Companions> Of(
        CustomerId customer, ImmutableArray<Message> messages, ImmutableSortedDictionary<string, ImmutableArray<DeliveryView>> sent, CancellationToken cancellationToken) => Of(
        customer, [.. messages.Where(message => message.Author.Kind is ActorKind.Customer).Select(message => message.Id)], sent, cancellationToken);

    /// <summary>What is told beside messages where it is known already what became of those that went out.</summary>
    /// <param name="customer">Whose conversation.</param>
    /// <param name="received">Those that came from them.</param>
    /// <param name="sent">What became of the others.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    public async Task<Companions> Of(
        CustomerId customer, ImmutableArray<MessageId> received, ImmutableSortedDictionary<string, ImmutableArray<DeliveryView>> sent, CancellationToken cancellationToken) =>
        new(
            (await attachments.List(customer, received, cancellationToken)).ToLookup(file => file.Message, file => AttachmentView.Of(customer, file)),
            sent, await origins.Unproved(customer, received, cancellationToken));

    /// <summary>What became of messages that went out to several customers.</summary>
    public async Task<ImmutableSortedDictionary<string, ImmutableArray<DeliveryView>>> Deliveries(ImmutableArray<CustomerId> customers, CancellationToken cancellationToken)
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<DeliveryView>>(StringComparer.Ordinal);
        foreach (var customer in customers)
            foreach (var (message, sent) in await Deliveries(customer, cancellationToken))
                all[message] = sent;
        return all.ToImmutable();
    }

    /// <summary>What became of messages that went out.</summary>
    public async Task<ImmutableSortedDictionary<string, ImmutableArray<DeliveryView>>> Deliveries(CustomerId customer, CancellationToken cancellationToken) =>
        (await deliveries.List(customer, DeliveryLimit, cancellationToken))
            .GroupBy(delivery => delivery.Message)
            .ToImmutableSortedDictionary(sent => sent.Key.ToString(), sent => sent.GroupBy(part => part.Channel).Select(DeliveryView.Of).ToImmutableArray(), StringComparer.Ordinal);
}

/// <summary>What is told beside messages.</summary>
internal sealed record Companions(
    ILookup<MessageId, AttachmentView> Files, ImmutableSortedDictionary<string, ImmutableArray<DeliveryView>> Deliveries, ImmutableHashSet<MessageId> Unproved)
{
    /// <summary>A message with what belongs to it.</summary>
    public MessageView Beside(Message message)
    {
        var view = MessageView.ForOperator(message);
        return view with
        {
            Attachments = Files[message.Id] is var files && files.Any() ? [.. files] : null,
            IsUnproved = Unproved.Contains(message.Id) ? true : null,
            Deliveries = Deliveries.TryGetValue(view.Id, out var sent) ? sent : null,
        };
    }
}

/// <summary>A file that came with a message.</summary>
/// <param name="Place">Its place among that message's.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name, as the customer gave it.</param>
/// <param name="MediaType">What the sender says that it is.</param>
/// <param name="Size">Its size in bytes; 0 when it is not known.</param>
/// <param name="Href">Where it can be downloaded here; null when its bytes were not kept.</param>
/// <param name="Url">Where the channel keeps it: a text to read, not one to follow unseen.</param>
internal sealed record AttachmentView(int Place, AttachmentKind Kind, string Name, string MediaType, long Size, string? Href, string? Url)
{
    public static AttachmentView Of(CustomerId customer, Attachment file) => new(
        file.Place, file.Kind, file.Name, file.MediaType, file.Size,
        file.IsKept ? FormattableString.Invariant($"/api/conversations/{customer}/attachments/{file.Message}/{file.Place}") : null, file.Url);
}

/// <summary>What became of a message by one channel.</summary>
/// <param name="Channel">By which.</param>
/// <param name="Status">How far it has come: as far as the part that is least far, and failed when one has.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="At">When that was last heard of.</param>
/// <param name="Parts">In how many parts it went.</param>
internal sealed record DeliveryView(Channel Channel, DeliveryStatus Status, string? Error, DateTimeOffset At, int Parts)
{
    public static DeliveryView Of(IGrouping<Channel, Delivery> parts)
    {
        var failed = parts.FirstOrDefault(part => part.Status is DeliveryStatus.Failed);
        return new(parts.Key, failed?.Status ?? parts.Min(part => part.Status), failed?.Error, parts.Max(part => part.At), parts.Count());
    }
}

/// <summary>What has become of messages since it was told last.</summary>
internal sealed record DeliveryNews(ImmutableArray<MessageDeliveries> Messages)
{
    /// <summary>Null where nothing is new.</summary>
    public static DeliveryNews? Since(
        ImmutableSortedDictionary<string, ImmutableArray<DeliveryView>> told, ImmutableSortedDictionary<string, ImmutableArray<DeliveryView>> now)
    {
        ImmutableArray<MessageDeliveries> news =
            [.. now.Where(sent => !told.TryGetValue(sent.Key, out var before) || !before.SequenceEqual(sent.Value)).Select(sent => new MessageDeliveries(sent.Key, sent.Value))];
        return news.IsEmpty ? null : new(news);
    }
}

/// <summary>What became of one message.</summary>
internal sealed record MessageDeliveries(string Id, ImmutableArray<DeliveryView> Deliveries);
