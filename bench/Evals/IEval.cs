namespace FteAgent.Evals;

/// <summary>One measurement: reads its set, prints and records its figures. Says so and returns where its set is absent.</summary>
internal interface IEval
{
    /// <summary>What <c>--only</c> selects it by.</summary>
    string Name { get; }

    Task Run(EvalData data, Figures figures);
}
