using System.Text.Json;

namespace FteAgent.Cluster.History;

/// <summary>
/// Each need for a person is told once for each reason, urgency and reminder that it had, and none is raised while another is open.
/// A decision that was carried out twice has other ids and times the second time, so those do not tell.
/// </summary>
internal static class Tellings
{
    private const string Escalations = "escalations";

    public static IEnumerable<Finding> In(Evidence evidence)
    {
        foreach (var conversation in evidence.Record.Deliveries.Where(delivery => delivery.Destination == Escalations).Select(Notice.Of).GroupBy(notice => notice.Conversation))
        {
            foreach (var told in conversation.GroupBy(notice => (notice.Escalation, notice.Reason, notice.Urgency, notice.Reminders)).Where(told => told.Count() > 1))
                yield return new(Harm.Doubled, conversation.Key, $"the escalation for {told.Key.Reason} is told under {told.Count()} ids");

            var raised = conversation.DistinctBy(notice => notice.Escalation).OrderBy(notice => notice.RaisedAt).ToList();
            foreach (var (one, next) in raised.Zip(raised.Skip(1)))
                if (!evidence.Messages[conversation.Key].Any(message => message.Notice is "handed_back" or "resolved" && message.At >= one.RaisedAt && message.At <= next.RaisedAt))
                    yield return new(Harm.Doubled, conversation.Key, $"a person for {next.Reason} was asked for while one for {one.Reason} was awaited");
        }
    }

    /// <summary>What a notice to the support team says.</summary>
    private sealed record Notice(string Conversation, string Escalation, string Reason, string Urgency, int Reminders, DateTimeOffset RaisedAt)
    {
        public static Notice Of(StoredDelivery delivery)
        {
            using var json = JsonDocument.Parse(delivery.Payload);
            string Text(string name) => json.RootElement.GetProperty(name).GetString()!;
            return new(
                delivery.Conversation, Text("escalation_id"), Text("reason"), Text("urgency"),
                json.RootElement.GetProperty("reminders").GetInt32(), json.RootElement.GetProperty("raised_at").GetDateTimeOffset());
        }
    }
}
