using FteAgent.Answering;

namespace FteAgent.Conversations;

/// <summary>A model that answers as a test says, and can be held in the middle of drafting.</summary>
internal sealed class ScriptedModel : IChatModel
{
    private readonly Lock gate = new();
    private TaskCompletionSource? hold;
    private TaskCompletionSource drafting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => "scripted/1";

    public bool LeavesTheDeployment { get; set; }

    /// <summary>What the latest drafts were asked for with, oldest first.</summary>
    public List<DraftRequest> Requests { get; } = [];

    /// <summary>How it works with its tools; null where <see cref="Answer"/> is enough.</summary>
    public Func<DraftRequest, IDraftTools, Task<Draft>>? Work { get; set; }

    /// <summary>What it answers; by default it quotes a document.</summary>
    public Func<DraftRequest, Draft> Answer { get; set; } = _ => Quote("Here are the words of the guide.");

    /// <summary>How many drafts were asked for.</summary>
    public int Drafts { get; private set; }

    /// <summary>An answer with a source.</summary>
    public static Draft Quote(string text, string quote = "the words of the guide") =>
        new(text, [new(GuideIndex.Chunk, "guide.md", "Guide", "First steps", quote, DateTimeOffset.UnixEpoch)], 0.9);

    /// <summary>From now on drafts wait until <see cref="LetGo"/>.</summary>
    public void Hold()
    {
        lock (gate)
            hold ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void LetGo()
    {
        lock (gate)
        {
            hold?.TrySetResult();
            hold = null;
        }
    }

    /// <summary>Completes when the next draft has begun.</summary>
    public Task Drafting()
    {
        lock (gate)
            return drafting.Task;
    }

    public async Task<Draft> Draft(DraftRequest request, IDraftTools tools, CancellationToken cancellationToken)
    {
        Task held;
        lock (gate)
        {
            Drafts++;
            Requests.Add(request);
            held = hold?.Task ?? Task.CompletedTask;
            drafting.TrySetResult();
            drafting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await held.WaitAsync(cancellationToken);
        return Work is { } work ? await work(request, tools) : Answer(request);
    }
}
