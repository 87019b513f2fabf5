namespace FteAgent.Cluster.History;

/// <summary>
/// Each message to the assistant comes to something: an answer that names it, or a person. An answer names every message of its
/// exchange, follows all that it names, and goes further than the answer before it.
/// </summary>
internal static class Answers
{
    /// <summary>
    /// Longer than the longest fault (20 s) and the minute that a fleet has to recover; shorter than the time after which an exchange that
    /// everybody forgot is found by its due time (twice the longest draft, 90 s).
    /// </summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(85);

    /// <summary>The harms, and the longest that a message waited for what it came to.</summary>
    public static (IEnumerable<Finding> Findings, TimeSpan Longest) In(Evidence evidence)
    {
        var walks = evidence.Messages.Select(Walk.Through).ToList();
        return (walks.SelectMany(walk => walk.Findings), walks.Select(walk => walk.Longest).DefaultIfEmpty().Max());
    }

    /// <summary>One conversation from its first message to its last.</summary>
    private sealed class Walk
    {
        private readonly Course course = new();
        private readonly Dictionary<string, long> asked = [];
        private readonly List<(string Mark, StoredMessage Message)> open = [];
        private readonly List<(string Mark, StoredMessage Answer)> unknown = [];
        private long furthest;

        public List<Finding> Findings { get; } = [];

        public TimeSpan Longest { get; private set; }

        public static Walk Through(IEnumerable<StoredMessage> conversation)
        {
            var walk = new Walk();
            foreach (var message in conversation)
                walk.Pass(message);
            walk.End();
            return walk;
        }

        private void Pass(StoredMessage message)
        {
            if (message is { Author: "customer", Kind: "text" })
                Ask(message);
            else if (message is { Author: "assistant", Kind: "text", Notice: null })
                Answer(message);
            if (!course.Pass(message))
                return;
            open.ForEach(question => Settled(question.Mark, question.Message, message));
            open.Clear();
        }

        private void End()
        {
            foreach (var (mark, message) in open)
                Find(Harm.Stuck, message, $"{mark} at {message.Sequence} was neither answered nor given to a person");
            foreach (var (mark, answer) in unknown)
                if (asked.TryGetValue(mark, out var sequence))
                    Find(Harm.Reordered, answer, $"the answer at {answer.Sequence} stands before {mark} at {sequence}, which it names");
                else
                    Find(Harm.Lost, answer, $"the answer at {answer.Sequence} names {mark}, which the conversation does not hold");
        }

        private void Ask(StoredMessage message)
        {
            foreach (var mark in Load.Mark.In(message.Text))
            {
                asked[mark] = message.Sequence;
                if (!course.IsForPerson)
                    open.Add((mark, message));
            }
        }

        private void Answer(StoredMessage answer)
        {
            var named = Load.Mark.In(answer.Text).ToHashSet();
            unknown.AddRange(named.Where(mark => !asked.ContainsKey(mark)).Select(mark => (mark, answer)));
            named.IntersectWith(asked.Keys);
            // Words of courtesy name nothing and settle nothing: no customer of these tests asks for courtesy.
            if (named.Count == 0)
                return;

            var through = named.Max(mark => asked[mark]);
            if (through <= furthest)
                Find(Harm.Reordered, answer, $"the answer at {answer.Sequence} goes to {through}, and one before it went to {furthest}");
            furthest = Math.Max(furthest, through);
            // Exchanges follow each other without gaps: what stands before a message that is answered is answered with it or was settled before.
            foreach (var (mark, message) in open.Where(question => question.Message.Sequence <= through))
                if (named.Contains(mark))
                    Settled(mark, message, answer);
                else
                    Find(Harm.Stuck, message, $"{mark} at {message.Sequence} was passed over: the answer at {answer.Sequence} goes to {through} and does not name it");
            open.RemoveAll(question => question.Message.Sequence <= through);
        }

        private void Settled(string mark, StoredMessage message, StoredMessage by)
        {
            var took = by.At - message.At;
            if (took > Longest)
                Longest = took;
            if (took > LongestWait)
                Find(Harm.Stuck, message, FormattableString.Invariant($"{mark} at {message.Sequence} waited {took.TotalSeconds:0.0} s for {by.Sequence}"));
        }

        private void Find(Harm harm, StoredMessage at, string what) => Findings.Add(new(harm, at.Conversation, what));
    }
}
