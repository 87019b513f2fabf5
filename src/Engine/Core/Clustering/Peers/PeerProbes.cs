using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace FteAgent.Engine;

/// <summary>"Probe me": questions that wait for their answers, and answers being found.</summary>
internal sealed class PeerProbes
{
    /// <summary>How many probes may run for others at once. A cluster has few that join.</summary>
    private const int MaxRunning = 16;

    private const int RequestBytes = sizeof(long);
    private const int AnswerBytes = sizeof(long) + 1;

    private readonly ConcurrentDictionary<long, (PeerConnection Asked, TaskCompletionSource<bool> Answer)> _waiting = new();
    private long _numbers;
    private int _running;

    /// <summary>Asks, and waits for the answer; false when it does not come.</summary>
    public async Task<bool> Ask(PeerConnection member, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _numbers);
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[number] = (member, answer);
        try
        {
            var request = new byte[RequestBytes];
            BinaryPrimitives.WriteInt64LittleEndian(request, number);
            member.Note(PeerProtocol.ProbeRequest, request);
            var first = await Task.WhenAny(answer.Task, member.Ended).WaitAsync(limit, time, cancellationToken).ConfigureAwait(false);
            return first == answer.Task && await answer.Task.ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            _waiting.TryRemove(number, out _);
        }
    }

    /// <summary>Takes a question: probes, and answers when it knows.</summary>
    public void Requested(PeerConnection from, ReadOnlySpan<byte> payload, Func<Task<bool>> probe)
    {
        if (payload.Length < RequestBytes) return;
        if (Interlocked.Increment(ref _running) > MaxRunning) Interlocked.Decrement(ref _running);
        else _ = Answer(from, BinaryPrimitives.ReadInt64LittleEndian(payload), probe);
    }

    /// <summary>Takes an answer, from whom it was asked of.</summary>
    public void Answered(PeerConnection from, ReadOnlySpan<byte> payload)
    {
        if (payload.Length < AnswerBytes) return;
        if (_waiting.TryGetValue(BinaryPrimitives.ReadInt64LittleEndian(payload), out var question) && question.Asked == from)
            question.Answer.TrySetResult(payload[sizeof(long)] == 1);
    }

    private async Task Answer(PeerConnection from, long number, Func<Task<bool>> probe)
    {
        try
        {
            var answer = new byte[AnswerBytes];
            BinaryPrimitives.WriteInt64LittleEndian(answer, number);
            answer[sizeof(long)] = await probe().ConfigureAwait(false) ? (byte)1 : (byte)0;
            from.Note(PeerProtocol.ProbeAnswer, answer);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
