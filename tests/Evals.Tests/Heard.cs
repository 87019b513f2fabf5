namespace FteAgent.Evals;

/// <summary>What is said on the console meanwhile. Whoever listens stands in the collection <see cref="Collection"/>, for there is one console.</summary>
internal sealed class Heard : IDisposable
{
    /// <summary>Of those who listen, one at a time.</summary>
    public const string Collection = "Console";

    private readonly (TextWriter Out, TextWriter Error) console = (Console.Out, Console.Error);
    private readonly Ear said = new();
    private readonly Ear complained = new();

    /// <summary>Begins to listen.</summary>
    public Heard()
    {
        Console.SetOut(said.Writer);
        Console.SetError(complained.Writer);
    }

    /// <summary>What was said.</summary>
    public string Said => said.Text;

    /// <summary>What was said on standard error.</summary>
    public string Complained => complained.Text;

    public void Dispose()
    {
        Console.SetOut(console.Out);
        Console.SetError(console.Error);
    }

    /// <summary>One that threads of a silo may still speak to while it is read.</summary>
    private sealed class Ear
    {
        private readonly StringWriter heard = new();

        public Ear() => Writer = TextWriter.Synchronized(heard);

        public TextWriter Writer { get; }

        public string Text
        {
            // Its every method locks the writer itself: .NET, "MethodImplOptions.Synchronized".
            get { lock (Writer) return heard.ToString(); }
        }
    }
}

/// <summary>Those who listen, while nothing else is tested: whatever runs beside would speak on the same console.</summary>
[CollectionDefinition(Heard.Collection, DisableParallelization = true)]
public sealed class ConsoleCollection;
