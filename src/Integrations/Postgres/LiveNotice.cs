using System.Text;
using FteAgent.Customers;
using FteAgent.Texts;

namespace FteAgent.Postgres;

/// <summary>
/// What silos tell each other by NOTIFY: who sends, then a line for each conversation, with a status text after a space if there is one;
/// or a star for all of them. No customer's words are ever in it.
/// </summary>
internal static class LiveNotice
{
    public const string Channel = "fte_live";

    /// <summary>Postgres takes payloads below 8,000 bytes.</summary>
    private const int PayloadLimit = 7_900;

    private const int StatusLength = 200;
    private const string Everyone = "*";

    /// <summary>What a payload of another silo says; null when it is our own or nothing that this version knows.</summary>
    public static (bool All, List<(CustomerId Customer, string? Status)> Customers)? Read(string payload, string me)
    {
        var lines = payload.Split('\n');
        if (lines[0] == me || lines.Length < 2)
            return null;
        var customers = new List<(CustomerId, string?)>();
        foreach (var line in lines.AsSpan(1))
        {
            if (line == Everyone)
                return (true, customers);
            var parts = line.Split(' ', 2);
            if (CustomerId.TryParse(parts[0], null, out var customer))
                customers.Add((customer, parts.Length > 1 ? parts[1] : null));
        }

        return (false, customers);
    }

    /// <summary>What is to be told next. Signals of one conversation are joined, and only its latest status counts.</summary>
    internal sealed class Outgoing
    {
        /// <summary>More conversations than this do not fit into a payload whatever they say.</summary>
        private const int MostCustomers = PayloadLimit / 33;

        private readonly Lock gate = new();
        private readonly Dictionary<CustomerId, string?> waiting = [];
        private TaskCompletionSource something = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool all;

        /// <summary>Who we are in what we tell.</summary>
        public string From { get; } = Guid.NewGuid().ToString("N");

        public void Add(CustomerId customer, string? status)
        {
            lock (gate)
            {
                if (all)
                    return;
                waiting[customer] = status ?? waiting.GetValueOrDefault(customer);
                all = waiting.Count > MostCustomers;
                something.TrySetResult();
            }
        }

        /// <summary>Waits until there is something.</summary>
        public Task Any(CancellationToken cancellationToken)
        {
            lock (gate)
                return something.Task.WaitAsync(cancellationToken);
        }

        /// <summary>The payload of all that waits. What is too much for one wakes everyone instead.</summary>
        public string Take()
        {
            lock (gate)
            {
                var text = new StringBuilder(From);
                if (!all)
                    foreach (var (customer, status) in waiting)
                    {
                        text.Append('\n').Append(customer);
                        if (status is not null)
                            text.Append(' ').Append(PostgresText.Safe(SafeCut.At(status, StatusLength)).ReplaceLineEndings(" "));
                    }

                var payload = text.ToString();
                if (all || Encoding.UTF8.GetByteCount(payload) > PayloadLimit)
                    payload = $"{From}\n{Everyone}";
                waiting.Clear();
                all = false;
                something = new(TaskCreationOptions.RunContinuationsAsynchronously);
                return payload;
            }
        }
    }
}
