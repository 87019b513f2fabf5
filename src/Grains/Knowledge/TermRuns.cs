namespace FteAgent.Knowledge;

/// <summary>The terms of text after text in the order in which they stand, four bytes each.</summary>
internal sealed class TermRuns
{
    private readonly int[] terms;
    private readonly int[] ends;

    private TermRuns(int[] terms, int[] ends)
    {
        this.terms = terms;
        this.ends = ends;
    }

    public ReadOnlySpan<int> Of(int text) => terms.AsSpan((text == 0 ? 0 : ends[text - 1])..ends[text]);

    /// <summary>Gathers texts one by one.</summary>
    public sealed class Builder
    {
        private readonly List<int> terms = [];
        private readonly List<int> ends = [];

        /// <summary>Adds one text, given in parts that follow each other.</summary>
        public void Add(params ReadOnlySpan<List<int>> parts)
        {
            foreach (var part in parts) terms.AddRange(part);
            ends.Add(terms.Count);
        }

        /// <summary>Adds one text as another run holds it.</summary>
        public void AddRun(ReadOnlySpan<int> run)
        {
            terms.AddRange(run);
            ends.Add(terms.Count);
        }

        public TermRuns Build() => new([.. terms], [.. ends]);
    }
}
