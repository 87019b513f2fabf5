namespace FteAgent.Knowledge;

/// <summary>The headings above a place in a document, outermost first.</summary>
internal sealed class HeadingPath
{
    private readonly List<(int Level, string Text)> above = [];

    /// <summary>The level of the outermost, from 1; 0 where there is none.</summary>
    public int Outermost => above.Count == 0 ? 0 : above[0].Level;

    public void Enter(int level, string line)
    {
        while (above.Count > 0 && above[^1].Level >= level) above.RemoveAt(above.Count - 1);
        var text = PlainText.Of(line.TrimStart('#').TrimEnd('#', ' ', '\r'));
        if (text.Length > 0) above.Add((level, text));
    }

    public List<string> ToList() => above.ConvertAll(heading => heading.Text);
}
