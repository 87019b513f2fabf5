namespace FteAgent.OpenAI;

/// <summary>
/// How many requests of this silo are under way. The limit follows what the endpoint takes: a 429 halves it, a success raises it by one
/// (additive increase, multiplicative decrease, as TCP does; RFC 5681). Who waits is let through in order.
/// </summary>
internal sealed class ModelGate
{
    private readonly int most;
    private readonly Lock door = new();
    private readonly LinkedList<TaskCompletionSource<Passage>> waiting = [];
    private int limit;
    private int underWay;
    private int cuts;

    /// <summary>Opens it at its most.</summary>
    public ModelGate(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        this.most = limit = most;
    }

    /// <summary>How many may be under way now.</summary>
    public int Limit { get { lock (door) return limit; } }

    /// <summary>How many are.</summary>
    public int UnderWay { get { lock (door) return underWay; } }

    /// <summary>How many wait.</summary>
    public int Waiting { get { lock (door) return waiting.Count; } }

    /// <summary>Goes through where nobody waits and there is room; null where that is not so.</summary>
    public Passage? TryEnter()
    {
        lock (door)
        {
            if (underWay >= limit || waiting.Count > 0)
                return null;
            underWay++;
            return new(this, cuts);
        }
    }

    /// <summary>Waits for one's turn. The passage is given back by disposing of it.</summary>
    public async ValueTask<Passage> Enter(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource<Passage>> place;
        lock (door)
        {
            if (underWay < limit && waiting.Count == 0)
            {
                underWay++;
                return new(this, cuts);
            }

            place = waiting.AddLast(new TaskCompletionSource<Passage>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await using (cancellationToken.Register(() => Leave(place, cancellationToken)))
            return await place.Value.Task;
    }

    private void Leave(LinkedListNode<TaskCompletionSource<Passage>> place, CancellationToken cancellationToken)
    {
        lock (door)
        {
            if (place.List is null)
                return;   // Let through a moment before.
            waiting.Remove(place);
        }

        place.Value.TrySetCanceled(cancellationToken);
    }

    private void Widen(int cutsThen)
    {
        lock (door)
        {
            // What set out before the last cut says nothing about the limit that holds now.
            if (cutsThen == cuts && limit < most)
                limit++;
        }
    }

    private void Cut(int cutsThen)
    {
        lock (door)
        {
            // A thousand requests that set out together and are all refused are one piece of news.
            if (cutsThen != cuts)
                return;
            cuts++;
            limit = Math.Max(1, Math.Min(limit, underWay) / 2);
        }
    }

    private void Exit()
    {
        List<TaskCompletionSource<Passage>> next = [];
        int now;
        lock (door)
        {
            underWay--;
            now = cuts;
            while (underWay < limit && waiting.First is { } first)
            {
                waiting.RemoveFirst();
                underWay++;
                next.Add(first.Value);
            }
        }

        foreach (var waiter in next)
            waiter.SetResult(new(this, now));
    }

    /// <summary>One request's way through the gate.</summary>
    internal sealed class Passage(ModelGate gate, int cuts) : IDisposable
    {
        private int left;

        /// <summary>The endpoint answered.</summary>
        public void Answered() => gate.Widen(cuts);

        /// <summary>The endpoint asked us to slow down.</summary>
        public void Limited() => gate.Cut(cuts);

        /// <inheritdoc/>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
                gate.Exit();
        }
    }
}
