namespace Orleans.CodeGeneration;

/// <summary>How a method is called.</summary>
[Flags]
[GenerateSerializer]
public enum InvokeMethodOptions
{
    /// <summary>In turn, and waited for.</summary>
    None = 0,

    /// <summary>Not waited for.</summary>
    OneWay = 1,

    /// <summary>It only reads.</summary>
    ReadOnly = 2,

    /// <summary>Between the turns of any other.</summary>
    AlwaysInterleave = 4,
}
