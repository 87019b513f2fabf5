using FteAgent.Conversations;

namespace FteAgent.Record;

/// <summary>Compares what records compare by reference: their immutable arrays.</summary>
internal static class Same
{
    public static void Conversation(Conversation expected, Conversation actual)
    {
        Assert.Equal(expected with { Recent = [], Tickets = [] }, actual with { Recent = [], Tickets = [] });
        Assert.Equal(expected.Tickets.AsEnumerable(), actual.Tickets.AsEnumerable());
        Messages(expected.Recent, actual.Recent);
    }

    public static void Messages(IReadOnlyList<Message> expected, IReadOnlyList<Message> actual)
    {
        Assert.Equal(expected.Select(m => m with { Citations = [] }), actual.Select(m => m with { Citations = [] }));
        Assert.Equal(expected.Select(m => m.Citations.AsEnumerable()), actual.Select(m => m.Citations.AsEnumerable()));
    }
}
