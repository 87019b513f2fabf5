namespace FteAgent.Conversations;

/// <summary>
/// What was said in a conversation while it was joined with another's. It may be that other's: nobody but operators is shown it, also not after the
/// two were parted, and after that nothing is answered out of it.
/// </summary>
/// <param name="After">The last place before it.</param>
/// <param name="Through">The last place of it; <see cref="long.MaxValue"/> while they are joined.</param>
[GenerateSerializer, Immutable, Alias("fte.hidden-part")]
public sealed record HiddenPart([property: Id(0)] long After, [property: Id(1)] long Through)
{
    /// <summary>Whether what stands at this place was said in it.</summary>
    public bool Holds(long sequence) => sequence > After && sequence <= Through;
}
