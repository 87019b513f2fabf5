using Orleans.Storage;

namespace FteAgent.Engine.Tests.Grains;

[Alias("test-note")]
public interface INoteGrain : IGrainWithStringKey
{
    [Alias("read")]
    Task<Note> Read();

    [Alias("write")]
    Task Write(string text);

    [Alias("write-or-read-again")]
    Task<bool> WriteOrReadAgain(string text);

    [Alias("write-draft")]
    Task WriteDraft(string text);

    [Alias("clear")]
    Task Clear();

    [Alias("activation")]
    Task<string> Activation();
}

/// <param name="Text">What it says.</param>
/// <param name="Draft">What its other state says.</param>
/// <param name="IsWritten">Whether it was ever written.</param>
/// <param name="AtActivation">What it said when the grain was activated.</param>
[GenerateSerializer, Immutable, Alias("test-note-view")]
public sealed record Note([property: Id(0)] string? Text, [property: Id(1)] string? Draft, [property: Id(2)] bool IsWritten, [property: Id(3)] string? AtActivation);

[GenerateSerializer, Alias("test-note-state")]
public sealed class NoteState
{
    [Id(0)]
    public string? Text { get; set; }

    [Id(1)]
    public List<string> Earlier { get; set; } = [];
}

public sealed class NoteGrain(
    [PersistentState("note", "notes")] IPersistentState<NoteState> note,
    TimeProvider time,
    [PersistentState("draft", "notes")] IPersistentState<NoteState> draft) : Grain, INoteGrain
{
    private string? _atActivation;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(time);
        _atActivation = note.State.Text;
        return Task.CompletedTask;
    }

    public Task<Note> Read() => Task.FromResult(new Note(note.State.Text, draft.State.Text, note.RecordExists, _atActivation));

    public Task Write(string text)
    {
        if (note.State.Text is { } earlier) note.State.Earlier.Add(earlier);
        note.State.Text = text;
        return note.WriteStateAsync();
    }

    public async Task<bool> WriteOrReadAgain(string text)
    {
        try
        {
            await Write(text);
            return true;
        }
        catch (InconsistentStateException)
        {
            await note.ReadStateAsync();
            return false;
        }
    }

    public Task WriteDraft(string text)
    {
        draft.State.Text = text;
        return draft.WriteStateAsync();
    }

    public Task Clear() => note.ClearStateAsync();

    public Task<string> Activation() => Task.FromResult(GrainContext.ActivationId.ToString()!);
}

[Alias("test-caller-of-notes")]
public interface INoteCallerGrain : IGrainWithStringKey
{
    [Alias("write")]
    Task Write(string note, string text);

    [Alias("activation")]
    Task<string> Activation();
}

public sealed class NoteCallerGrain : Grain, INoteCallerGrain
{
    public Task Write(string note, string text) => GrainFactory.GetGrain<INoteGrain>(note).Write(text);

    public Task<string> Activation() => Task.FromResult(GrainContext.ActivationId.ToString()!);
}
