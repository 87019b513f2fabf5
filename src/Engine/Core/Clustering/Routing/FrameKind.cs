namespace FteAgent.Engine;

/// <summary>What silos say to each other about calls. The numbers travel: they are never given another meaning. A kind that is not known is passed over.</summary>
internal static class FrameKind
{
    /// <summary>Run this call.</summary>
    public const byte Request = 1;

    /// <summary>The call has run: its result or its failure.</summary>
    public const byte Response = 2;

    /// <summary>The call has not run and will not run here: by the view of this version the grain is not mine, or I hold no lease.</summary>
    public const byte Redirect = 3;

    /// <summary>The caller has cancelled.</summary>
    public const byte Cancel = 4;

    /// <summary>I leave, by the view of this version: send me no more calls.</summary>
    public const byte Farewell = 5;

    /// <summary>No call follows this on the connection.</summary>
    public const byte FarewellSeen = 6;
}
