using System.Net;
using FteAgent.Cluster.Silos;
using Npgsql;

namespace FteAgent.Cluster.Load;

/// <summary>One conversation that a story leads by hand, each call to a silo of its choice.</summary>
internal sealed class Talk(int number, FleetClient client, string database)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private readonly Random random = new(number);
    private int messages;

    public string Token { get; private set; } = "";

    /// <summary>Writes, to this silo or any, and returns the message's mark once it was accepted.</summary>
    public async Task<string> Write(FleetSilo? to = null)
    {
        var mark = Mark.Of(number, messages);
        var body = new { text = Questions.Of(number + messages++, mark) };
        var path = Token.Length == 0 ? "/support/conversation" : "/support/conversation/messages";
        var answer = await client.Send(random, HttpMethod.Post, path, Token.Length == 0 ? null : Token, Guid.NewGuid().ToString(), body, to);
        Assert.True(answer.IsSuccess, $"{answer.Status}: {answer.Body}");
        if (answer.Status is HttpStatusCode.Created)
            Token = answer.Body.GetProperty("conversation_token").GetString()!;
        return mark;
    }

    /// <summary>Waits until the record holds the one answer that names this mark, and returns how long that took.</summary>
    public async Task<TimeSpan> Answered(string mark, TimeSpan within)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answers = await Count(mark);
            Assert.True(answers <= 1, $"{mark} was answered {answers} times");
            var took = TimeProvider.System.GetElapsedTime(since);
            if (answers == 1)
                return took;
            Assert.True(took < within, $"{mark} was not answered within {within}");
            await Task.Delay(LookEvery);
        }
    }

    private async Task<long> Count(string mark)
    {
        try
        {
            await using var connection = new NpgsqlConnection(database);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("select count(*) from fte.messages where author = 'assistant' and text like '%' || $1 || '%'", connection) { Parameters = { new() { Value = mark } } };
            return (long)(await command.ExecuteScalarAsync())!;
        }
        catch (NpgsqlException)
        {
            // The story has the database stopped.
            return 0;
        }
    }
}
