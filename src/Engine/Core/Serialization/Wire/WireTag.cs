namespace FteAgent.Engine;

/// <summary>
/// What stands before a value. A field's tag is its id plus one, times eight, plus the kind; within a list the tag is the
/// kind alone. So no field has a tag below eight, and two of those have a meaning of their own.
/// </summary>
internal static class WireTag
{
    /// <summary>The object ends.</summary>
    public const byte End = 0;

    /// <summary>The fields of the type above follow: ids are unique within a type, not within its line.</summary>
    public const byte NextLevel = 1;

    public const uint FirstField = 8;

    /// <summary>An item of a list, or the value of a whole message.</summary>
    public const uint Item = 0;
}

/// <summary>The byte after a tag of the kind Extended. Its upper half is the kind of the value that follows.</summary>
internal static class Extension
{
    public const byte Null = 0;

    /// <summary>The value is numbered, in the order in which numbered values begin: references may come.</summary>
    public const byte Numbered = 1;

    /// <summary>The value's type follows, and then the value.</summary>
    public const byte Typed = 2;

    /// <summary>The number of a value that was met before follows.</summary>
    public const byte Reference = 4;

    public const int KindShift = 4;
}
