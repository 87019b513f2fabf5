using System.Net;
using FteAgent.Cluster.Silos;
using FteAgent.Testing;
using Npgsql;

namespace FteAgent.Cluster.Load;

/// <summary>One conversation that a story leads by hand, each call to a silo of its choice.</summary>
internal sealed class Talk(int number, FleetClient client, string database)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private readonly Random random = new(number);
    private int messages;

    public string Token { get; private set; } = "";

    /// <summary>The conversation's id, which its token begins with.</summary>
    public Guid Conversation => new(System.Buffers.Text.Base64Url.DecodeFromChars(Token).AsSpan(0, 16));

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
        TestLogs.Secret(Token);
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
            if (took >= within)
                Assert.Fail($"{mark} was not answered within {within}:\n{await Story()}");
            await Task.Delay(LookEvery);
        }
    }

    /// <summary>The conversation as the record has it, for a failed test's reader.</summary>
    private async Task<string> Story()
    {
        var id = Conversation.ToString("N");
        var record = await History.RecordReader.Read(database);
        return string.Join('\n', record.Messages.Where(message => message.Conversation == id).OrderBy(message => message.Sequence).Select(message => $"{message.Sequence} {message.Author}: {message.Text}"))
            + $"\n{record.Conversations.FirstOrDefault(conversation => conversation.Id == id)}";
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
