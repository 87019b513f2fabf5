namespace FteAgent.OpenAI;

public sealed class ModelGateTests
{
    [Fact]
    public async Task Who_waits_is_let_through_in_order()
    {
        var gate = new ModelGate(1);
        var first = await gate.Enter(CancellationToken.None);
        var second = gate.Enter(CancellationToken.None).AsTask();
        var third = gate.Enter(CancellationToken.None).AsTask();

        first.Dispose();
        (await second).Dispose();
        (await third).Dispose();

        Assert.Equal((0, 0), (gate.UnderWay, gate.Waiting));
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_no_gap()
    {
        var gate = new ModelGate(1);
        var first = await gate.Enter(CancellationToken.None);
        using var enough = new CancellationTokenSource();
        var second = gate.Enter(enough.Token).AsTask();
        var third = gate.Enter(CancellationToken.None).AsTask();

        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(1, gate.Waiting);
        first.Dispose();
        first.Dispose();

        using var through = await third;
        Assert.Equal(1, gate.UnderWay);
    }

    [Fact]
    public async Task Many_429_of_one_moment_halve_the_limit_once()
    {
        var gate = new ModelGate(100);
        var passages = await Enter(gate, 40);

        foreach (var passage in passages)
            passage.Limited();

        // Half of what was under way: a limit that nobody reached says nothing.
        Assert.Equal(20, gate.Limit);
    }

    [Fact]
    public async Task Each_answer_widens_the_gate_by_one_up_to_its_most()
    {
        var gate = new ModelGate(10);
        foreach (var passage in await Enter(gate, 10))
        {
            passage.Limited();
            passage.Dispose();
        }

        Assert.Equal(5, gate.Limit);
        for (var answered = 0; answered < 20; answered++)
        {
            using var passage = await gate.Enter(CancellationToken.None);
            passage.Answered();
        }

        Assert.Equal(10, gate.Limit);
    }

    [Fact]
    public async Task What_set_out_before_a_429_does_not_widen_the_gate_after_it()
    {
        var gate = new ModelGate(10);
        var passages = await Enter(gate, 10);

        passages[0].Limited();
        foreach (var passage in passages[1..])
            passage.Answered();

        Assert.Equal(5, gate.Limit);
    }

    [Fact]
    public async Task The_gate_never_closes()
    {
        var gate = new ModelGate(3);
        for (var refused = 0; refused < 5; refused++)
        {
            using var passage = await gate.Enter(CancellationToken.None);
            passage.Limited();
        }

        Assert.Equal(1, gate.Limit);
    }

    private static async Task<ModelGate.Passage[]> Enter(ModelGate gate, int count)
    {
        var passages = new ModelGate.Passage[count];
        for (var each = 0; each < count; each++)
            passages[each] = await gate.Enter(CancellationToken.None);
        return passages;
    }
}
