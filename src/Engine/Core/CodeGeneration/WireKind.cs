using System.ComponentModel;

namespace FteAgent.Engine.CodeGeneration;

/// <summary>How a value's bytes are laid out, so that one who does not know the value can step over it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum WireKind : byte
{
    /// <summary>A number of seven bits a byte, the lowest first.</summary>
    Varint = 0,

    /// <summary>Four bytes.</summary>
    Fixed4 = 1,

    /// <summary>Eight bytes.</summary>
    Fixed8 = 2,

    /// <summary>Sixteen bytes.</summary>
    Fixed16 = 3,

    /// <summary>A length, and as many bytes.</summary>
    Bytes = 4,

    /// <summary>Fields, each with its tag, up to an end.</summary>
    Object = 5,

    /// <summary>A count, and as many items.</summary>
    List = 6,

    /// <summary>A byte that says more: null, a reference to a value met before, or a value with its type or number.</summary>
    Extended = 7,
}
