using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace FteAgent.Storage;

/// <summary>One numbered step of a record's schema: a plain SQL file of <c>db/</c>, carried inside the assembly.</summary>
/// <param name="Number">Its place; 1, 2, 3 … without gaps.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Sql">Its words.</param>
/// <param name="Checksum">SHA-256 of its words, in hexadecimal digits.</param>
internal sealed record MigrationScript(int Number, string Name, string Sql, string Checksum)
{
    /// <summary>All steps of one record (<c>sqlite</c>, <c>fte</c>), in order.</summary>
    public static IReadOnlyList<MigrationScript> Of(string record)
    {
        var prefix = $"db/{record}/";
        var assembly = typeof(MigrationScript).Assembly;
        var scripts = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name, name[prefix.Length..]))
            .ToArray();

        for (var i = 0; i < scripts.Length; i++)
            if (scripts[i].Number != i + 1)
                throw new InvalidOperationException($"{prefix}{scripts[i].Name} should bear the number {i + 1}: migrations have no gaps and no doubles.");
        return scripts;
    }

    /// <summary>Makes a step of these words. Line ends do not count: a check-out on another system is the same step.</summary>
    public static MigrationScript From(string name, string words)
    {
        var sql = words.ReplaceLineEndings("\n");
        var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
        return new(int.Parse(name.AsSpan(0, name.IndexOf('_', StringComparison.Ordinal)), CultureInfo.InvariantCulture), name, sql, checksum);
    }

    private static MigrationScript Read(Assembly assembly, string resource, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return From(name, reader.ReadToEnd());
    }
}
