namespace FteAgent.Engine.Tests.Parity;

/// <summary>Finds where a type of ours is not what Orleans' type of that name is. Ours may have less, never more or other.</summary>
internal static class Comparison
{
    public static IEnumerable<string> Differences(ApiType ours, ApiType theirs)
    {
        if (ours.Kind != theirs.Kind) yield return $"{ours.Name} is a {ours.Kind}; Orleans' is a {theirs.Kind}";
        if (ours.Base != theirs.Base) yield return $"{ours.Name} derives from {ours.Base}; Orleans' from {theirs.Base}";
        if (ours.Usage != theirs.Usage) yield return $"{ours.Name} may stand elsewhere than Orleans' attribute ({ours.Usage}, {theirs.Usage})";

        foreach (var more in ours.Interfaces.Except(theirs.Interfaces))
            yield return $"{ours.Name} implements {more}; Orleans' does not";

        foreach (var more in ours.Members.Except(theirs.Members))
            yield return $"{ours.Name} has '{more}'; Orleans' has {Nearest(more, theirs)}";
    }

    private static string Nearest(string member, ApiType theirs)
    {
        var name = NameOf(member);
        var same = theirs.Members.Where(candidate => NameOf(candidate) == name).Select(candidate => $"'{candidate}'").ToArray();
        return same.Length == 0 ? "none of that name" : string.Join(" and ", same);
    }

    private static string NameOf(string member) => member.Split('(')[0].Split(" = ")[0].Split(' ')[^1];
}
