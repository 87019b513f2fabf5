namespace FteAgent.Api.Problems;

/// <summary>How much may come in. Each is a limit on what a stranger can make us hold or do.</summary>
internal static class RequestLimits
{
    /// <summary>A message's characters.</summary>
    public const int Text = 10_000;

    /// <summary>The support form's message, in characters.</summary>
    public const int FormMessage = 5_000;

    /// <summary>A name's characters.</summary>
    public const int Name = 200;

    /// <summary>An operator's reason for joining two customers, in characters.</summary>
    public const int Reason = 500;

    /// <summary>A subject's characters.</summary>
    public const int Subject = 200;

    /// <summary>An operator's notes, in characters.</summary>
    public const int Notes = 5_000;

    /// <summary>A request's body in bytes: 10,000 characters, each escaped as two \uXXXX, and room for the rest.</summary>
    public const int Body = 256 * 1024;

    /// <summary>An Idempotency-Key's characters. Short ones could be guessed, and a key leads to the conversation it opened.</summary>
    public const int KeyShortest = 16;

    /// <summary>An Idempotency-Key's characters.</summary>
    public const int KeyLongest = 128;
}
