namespace FteAgent.Testing.OpenAI;

/// <summary>What a scripted endpoint does with requests for answers: one step after another, and then whatever it does otherwise.</summary>
internal sealed class Script
{
    private readonly Lock gate = new();
    private readonly Queue<Step> steps = new();
    private Func<ScriptedRequest, Step?>? otherwise;

    /// <summary>How many steps wait for their request.</summary>
    public int Left { get { lock (gate) return steps.Count; } }

    /// <summary>Adds steps.</summary>
    public Script Then(params Step[] next)
    {
        lock (gate)
            foreach (var step in next)
                steps.Enqueue(step);
        return this;
    }

    /// <summary>Says what is done when no step is left, or null where the script has nothing to say. A model that does whatever a message asks is written so.</summary>
    public Script Otherwise(Func<ScriptedRequest, Step?> answer)
    {
        lock (gate)
            otherwise = answer;
        return this;
    }

    /// <summary>The step for a request; null where the script knows none.</summary>
    internal Step? Next(ScriptedRequest request)
    {
        Func<ScriptedRequest, Step?>? answer;
        lock (gate)
        {
            if (steps.TryDequeue(out var step))
                return step;
            answer = otherwise;
        }

        return answer?.Invoke(request);
    }
}
