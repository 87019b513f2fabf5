using FteAgent.Engine.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;

namespace FteAgent.Engine.Tests.Persistence;

/// <summary>What grains may count on of the states that they keep, whichever storage keeps them.</summary>
public abstract class PersistentStateContract : IAsyncLifetime
{
    private InProcessTestCluster? _cluster;

    public virtual async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder();
        builder.ConfigureSilo((_, silo) => AddStorage(silo, "notes"));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public virtual async Task DisposeAsync() => await _cluster!.DisposeAsync();

    [Fact]
    public async Task State_that_was_never_written_is_new()
    {
        var note = await NewNote().Read();

        Assert.Null(note.Text);
        Assert.False(note.IsWritten);
    }

    [Fact]
    public async Task State_outlives_the_activation_and_is_there_before_the_next_begins()
    {
        var note = NewNote();
        await note.Write("first");
        await note.Write("second");
        await _cluster!.DeactivateAsync(note);

        Assert.Equal(new("second", null, true, "second"), await note.Read());
    }

    [Fact]
    public async Task What_was_not_written_is_not_kept()
    {
        var note = NewNote();
        await note.Write("written");
        await note.WriteDraft("draft");
        await _cluster!.DeactivateAsync(note);

        Assert.Equal("draft", (await note.Read()).Draft);
        Assert.Equal("written", (await note.Read()).Text);
    }

    [Fact]
    public async Task Cleared_state_is_new_and_can_be_written_again()
    {
        var note = NewNote();
        await note.Write("text");
        await note.Clear();
        Assert.Equal(new(null, null, false, null), await note.Read());

        await _cluster!.DeactivateAsync(note);
        Assert.False((await note.Read()).IsWritten);

        await note.Write("again");
        Assert.Equal("again", (await note.Read()).Text);
    }

    [Fact]
    public async Task Grains_do_not_see_each_others_states()
    {
        var (one, other) = (NewNote(), NewNote());
        await one.Write("one");

        Assert.Null((await other.Read()).Text);
    }

    [Fact]
    public async Task Stale_activation_writes_nothing_and_ends()
    {
        var note = NewNote();
        await note.Write("mine");
        var stale = await note.Activation();
        await WriteBehind(note, "theirs");

        var failure = await Assert.ThrowsAsync<InconsistentStateException>(() => note.Write("mine again"));

        Assert.Equal("1", failure.CurrentEtag);
        Assert.Equal(new("theirs", null, true, "theirs"), await note.Read());
        Assert.NotEqual(stale, await note.Activation());
    }

    [Fact]
    public async Task Stale_activation_clears_nothing()
    {
        var note = NewNote();
        await note.Write("mine");
        await WriteBehind(note, "theirs");

        await Assert.ThrowsAsync<InconsistentStateException>(note.Clear);

        Assert.Equal("theirs", (await note.Read()).Text);
    }

    [Fact]
    public async Task Activation_from_before_a_clear_writes_nothing()
    {
        var note = NewNote();
        await note.Write("mine");
        await Behind(note, static (storage, grain, state) => storage.ClearStateAsync("note", grain, state));

        await Assert.ThrowsAsync<InconsistentStateException>(() => note.Write("mine again"));
        Assert.False((await note.Read()).IsWritten);
    }

    [Fact]
    public async Task Grain_that_reads_again_after_a_conflict_goes_on()
    {
        var note = NewNote();
        await note.Write("mine");
        var activation = await note.Activation();
        await WriteBehind(note, "theirs");

        Assert.False(await note.WriteOrReadAgain("mine again"));
        Assert.True(await note.WriteOrReadAgain("at last"));

        Assert.Equal("at last", (await note.Read()).Text);
        Assert.Equal(activation, await note.Activation());
    }

    [Fact]
    public async Task Only_the_activation_that_is_out_of_date_ends_and_not_its_caller()
    {
        var note = NewNote();
        await note.Write("mine");
        await WriteBehind(note, "theirs");
        var caller = _cluster!.Client.GetGrain<INoteCallerGrain>("caller");
        var activation = await caller.Activation();

        await Assert.ThrowsAsync<InconsistentStateException>(() => caller.Write(note.GetPrimaryKeyString(), "mine again"));

        Assert.Equal(activation, await caller.Activation());
    }

    private protected abstract void AddStorage(ISiloBuilder silo, string name);

    private INoteGrain NewNote() => _cluster!.Client.GetGrain<INoteGrain>(Guid.NewGuid().ToString("N"));

    private Task WriteBehind(INoteGrain note, string text) => Behind(note, (storage, grain, state) =>
    {
        state.State.Text = text;
        return storage.WriteStateAsync("note", grain, state);
    });

    private async Task Behind(INoteGrain note, Func<IGrainStorage, GrainId, IGrainState<NoteState>, Task> act)
    {
        var storage = _cluster!.GetSiloServiceProvider().GetRequiredKeyedService<IGrainStorage>("notes");
        var state = new State();
        await storage.ReadStateAsync("note", note.GetGrainId(), state);
        await act(storage, note.GetGrainId(), state);
    }

    private sealed class State : IGrainState<NoteState>
    {
        NoteState IGrainState<NoteState>.State { get; set; } = new();

        public string? ETag { get; set; }

        public bool RecordExists { get; set; }
    }
}
