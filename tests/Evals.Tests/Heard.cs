namespace FteAgent.Evals;

/// <summary>What is said on the console meanwhile. Whoever listens stands in the collection <see cref="Collection"/>, for there is one console.</summary>
internal sealed class Heard : IDisposable
{
    /// <summary>Of those who listen, one at a time.</summary>
    public const string Collection = "Console";

    private readonly (TextWriter Out, TextWriter Error) console = (Console.Out, Console.Error);
    private readonly StringWriter said = new();
    private readonly StringWriter complained = new();

    /// <summary>Begins to listen.</summary>
    public Heard()
    {
        Console.SetOut(TextWriter.Synchronized(said));
        Console.SetError(TextWriter.Synchronized(complained));
    }

    /// <summary>What was said.</summary>
    public string Said => said.ToString();

    /// <summary>What was said on standard error.</summary>
    public string Complained => complained.ToString();

    public void Dispose()
    {
        Console.SetOut(console.Out);
        Console.SetError(console.Error);
    }
}
