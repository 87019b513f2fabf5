namespace Orleans.Placement;

/// <summary>Says where activations of a grain class live. Classes without one live on the silo that owns them.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public abstract class PlacementAttribute : Attribute
{
    private protected PlacementAttribute()
    {
    }
}
