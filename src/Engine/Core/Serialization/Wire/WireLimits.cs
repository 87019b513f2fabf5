namespace FteAgent.Engine;

/// <summary>The ends of what may be written and read. They hold for both, so that nothing is sent that nobody takes.</summary>
internal static class WireLimits
{
    /// <summary>More than any value of ours needs, and less than would hold up a connection for long.</summary>
    public const int MessageLength = 32 * 1024 * 1024;

    /// <summary>Values within values. Each costs a few hundred bytes of stack, of which a thread has 1.5 MB.</summary>
    public const int Depth = 200;

    /// <summary>Lists of lists of lists. Nobody names a deeper type.</summary>
    public const int TypeDepth = 8;

    /// <summary>Types with arguments are made when they are first read and never unloaded, so that there must be an end to them.</summary>
    public const int ConstructedTypes = 10_000;

    /// <summary>An alias in UTF-8.</summary>
    public const int AliasLength = 500;

    /// <summary>The room that a count alone may claim; the rest grows as items arrive.</summary>
    public const int ClaimedItems = 1024;

    /// <summary>A buffer that grew beyond this is given back instead of kept for the next message.</summary>
    public const int KeptBuffer = 128 * 1024;
}
