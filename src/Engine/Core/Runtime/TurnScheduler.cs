namespace FteAgent.Engine;

/// <summary>A piece of work for one activation that is not a task.</summary>
internal interface ITurn
{
    void Run();
}

/// <summary>
/// Runs the turns of one activation one after another on the thread pool. Grain code runs with this as its current
/// scheduler, so that what follows an await comes back here; what <c>Task.Run</c> starts does not.
/// </summary>
internal sealed class TurnScheduler(Activation owner) : TaskScheduler, IThreadPoolWorkItem
{
    /// <summary>After this many turns others get the thread: one busy grain must not starve the rest.</summary>
    private const int TurnsPerVisit = 128;

    /// <summary>A queue that once grew beyond this is dropped when it is empty, so that an idle grain stays small.</summary>
    private const int KeptCapacity = 16;

    private readonly Lock _gate = new();
    private Queue<object>? _turns;
    private bool _scheduled;
    private bool _dropped;

    public override int MaximumConcurrencyLevel => 1;

    public void QueueTurn(ITurn turn) => Enqueue(turn);

    /// <summary>Whether turns wait.</summary>
    public bool HasWaiting
    {
        get
        {
            lock (_gate)
                return _turns is { Count: > 0 };
        }
    }

    /// <summary>Forgets the turns that wait and all that are yet to come: the activation has no right to run any.</summary>
    public void Drop()
    {
        lock (_gate)
            (_turns, _dropped) = (null, true);
    }

    protected override void QueueTask(Task task) => Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(RuntimeContext.Current, owner) && owner.MayAct && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate)
            return _turns?.OfType<Task>().ToArray() ?? [];
    }

    void IThreadPoolWorkItem.Execute()
    {
        var before = RuntimeContext.Enter(owner);
        try
        {
            // One task surrounds the visit, because only inside a task is its scheduler the current one.
            new Task(static scheduler => ((TurnScheduler)scheduler!).RunTurns(), this, TaskCreationOptions.DenyChildAttach).RunSynchronously(this);
        }
        finally
        {
            RuntimeContext.Enter(before);
        }
    }

    private void Enqueue(object turn)
    {
        lock (_gate)
        {
            if (_dropped) return;

            (_turns ??= new(1)).Enqueue(turn);
            if (_scheduled) return;
            _scheduled = true;
        }

        Visit();
    }

    private void RunTurns()
    {
        // What a turn sets in async-local values must not reach the next: each starts from the empty context.
        var context = ExecutionContext.Capture();
        for (var turns = 0; turns < TurnsPerVisit; turns++)
        {
            // Before each turn: the lease may have ended during the one before, or while the process was stopped. Nothing will call
            // this scheduler again; what it holds is dropped when the activation is abandoned.
            if (!owner.MayAct) return;

            if (!TryDequeue(out var turn)) return;

            if (turn is Task task) TryExecuteTask(task);
            else RunGuarded((ITurn)turn);

            if (context is not null) ExecutionContext.Restore(context);
        }

        Visit();
    }

    /// <summary>
    /// By the pool's common queue, first come first served. A thread's own queue is quicker but last in first out: under
    /// load one caller and its grain hand a thread back and forth between them for ever, and the others starve.
    /// </summary>
    private void Visit() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    private bool TryDequeue(out object turn)
    {
        lock (_gate)
        {
            if (_turns is not null && _turns.TryDequeue(out turn!)) return true;

            turn = null!;
            if (_turns?.Capacity > KeptCapacity) _turns = null;
            _scheduled = false;
            return false;
        }
    }

    private void RunGuarded(ITurn turn)
    {
        try
        {
            turn.Run();
        }
        catch (Exception exception)
        {
            // A turn handles its own failures. One that escapes (a cancellation callback of the grain's) must not take the
            // other turns with it.
            owner.LogEscapedFailure(exception);
        }
    }
}
