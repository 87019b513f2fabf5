namespace FteAgent.Evals;

/// <summary>A folder of evaluation sets that a test writes itself.</summary>
internal sealed class Folder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fte-evals-");

    /// <summary>The sets in it, and nothing from elsewhere.</summary>
    public EvalData Data => new(folder.FullName, folder.FullName);

    /// <summary>Writes a file of a set.</summary>
    public Folder With(string path, params string[] lines)
    {
        var file = Path.Combine(folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(file, lines);
        return this;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
