namespace FteAgent.Engine;

/// <summary>How many lines of one sort may be logged: what others can bring about as often as they like must not fill a disk.</summary>
internal sealed class Allowance(TimeProvider time)
{
    /// <summary>How many lines are logged in <see cref="Window"/>.</summary>
    public const int LinesPerWindow = 5;

    /// <summary>See <see cref="LinesPerWindow"/>.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long _windowStart = time.GetTimestamp();
    private int _lines;
    private long _unsaid;

    /// <summary>How many lines went unsaid before this one; null when this one must go unsaid too.</summary>
    public long? Take()
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_windowStart) >= Window) (_windowStart, _lines) = (time.GetTimestamp(), 0);
            if (_lines == LinesPerWindow)
            {
                _unsaid++;
                return null;
            }

            _lines++;
            (var unsaid, _unsaid) = (_unsaid, 0);
            return unsaid;
        }
    }
}
