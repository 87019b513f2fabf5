namespace FteAgent.Conversations;

/// <summary>This run of this silo: made anew at each start, so that what an earlier run left open is seen to be nobody's.</summary>
/// <param name="Value">A UUID in 32 hexadecimal digits.</param>
public sealed record SiloIncarnation(string Value)
{
    /// <summary>A new run.</summary>
    public static SiloIncarnation New() => new(Guid.NewGuid().ToString("N"));
}
