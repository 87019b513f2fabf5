using FteAgent.Conversations;

namespace FteAgent.Channels;

/// <summary>How mails wait for each other where they are large.</summary>
public sealed class MailMemoryTests : IDisposable
{
    private const int Half = MailMemory.Budget / 2;

    private readonly MailMemory memory = new();

    public void Dispose() => memory.Dispose();

    [Fact]
    public async Task Mails_are_in_work_together_as_long_as_there_is_room_and_then_wait_in_their_order()
    {
        var first = await memory.Enter(Half, default);
        var second = await memory.Enter(Half - 1024, default);
        using var small = await memory.Enter(1, default);

        var large = memory.Enter(Half, default).AsTask();
        var after = memory.Enter(1, default).AsTask();
        Assert.False(large.IsCompleted || after.IsCompleted);

        first.Dispose();
        using var entered = await large;
        Assert.False(after.IsCompleted);
        second.Dispose();
        (await after).Dispose();
    }

    [Fact]
    public async Task Mail_larger_than_all_there_is_gets_all()
    {
        using var all = await memory.Enter(long.MaxValue, default);

        Assert.False(memory.Enter(1, default).AsTask().IsCompleted);
    }

    [Fact]
    public async Task Where_very_much_waits_a_mail_is_to_be_brought_again()
    {
        using var all = await memory.Enter(MailMemory.Budget, default);
        var waiting = Enumerable.Range(0, 16).Select(_ => memory.Enter(MailMemory.Budget, default).AsTask()).ToList();

        await Assert.ThrowsAsync<RecordUnavailableException>(async () => await memory.Enter(1, default));

        Assert.All(waiting, each => Assert.False(each.IsCompleted));
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_their_place_to_others()
    {
        var all = await memory.Enter(MailMemory.Budget, default);
        using var limit = new CancellationTokenSource();
        var gone = memory.Enter(MailMemory.Budget, limit.Token).AsTask();
        var next = memory.Enter(1, default).AsTask();

        await limit.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        all.Dispose();

        (await next).Dispose();
    }
}
