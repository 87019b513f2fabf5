namespace FteAgent.Engine.Tests.Parity.Samples;

/// <summary>Stands for a type of Orleans, to test the comparison itself.</summary>
public sealed class Original
{
    public string Name { get; init; } = "";

    public int Count(string text) => text.Length;

    public void Hook(bool off) => Count(off ? Name : "");
}

/// <summary>Differs from it in every way that matters.</summary>
public class Wrong : StringWriter, ICloneable
{
    public string Name { get; set; } = "";

    public long Count(string text) => text.Length;

    public void More()
    {
    }

    public object Clone() => this;

    public void Hook(bool on)
    {
    }
}
