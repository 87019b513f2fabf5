using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace FteAgent.Silo.Settings;

/// <summary>Options that are set as <c>Section__Name</c>.</summary>
/// <param name="Name">The section's name.</param>
/// <param name="Options">The type that it is bound to.</param>
internal sealed record SettingSection(string Name, Type Options)
{
    /// <summary>What comes between a section's name and an option's in an environment variable.</summary>
    public const string Separator = "__";

    /// <summary>Its settings, a list's entries by the first.</summary>
    public IEnumerable<string> Names => Properties.Select(property => NameOf(property, EntryOf(property) is null ? null : 0));

    private IEnumerable<PropertyInfo> Properties => Options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    /// <summary>A sentence for each value that cannot be taken. The framework's own would name neither the variable nor what it may be.</summary>
    public ImmutableArray<string> Faults(IConfiguration configuration)
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        foreach (var property in Properties)
        {
            var given = configuration.GetSection(Name).GetSection(property.Name);
            if (EntryOf(property) is { } entry)
                faults.AddRange(given.GetChildren().Where(child => !Fits(child, entry, null)).Select(child => $"{NameOf(property, child.Key)} must be {Form(entry, null)}."));
            else if (given.Value is { Length: > 0 } && !Fits(given, property.PropertyType, property.GetCustomAttribute<RangeAttribute>()))
                faults.Add($"{NameOf(property, null)} must be {Form(property.PropertyType, property.GetCustomAttribute<RangeAttribute>())}.");
        }

        return faults.ToImmutable();
    }

    private string NameOf(PropertyInfo property, object? entry) =>
        entry is null ? $"{Name}{Separator}{property.Name}" : $"{Name}{Separator}{property.Name}{Separator}{entry}";

    private static Type? EntryOf(PropertyInfo property) =>
        property.PropertyType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(IList<>) ? type.GetGenericArguments()[0] : null;

    private static bool Fits(IConfigurationSection given, Type type, RangeAttribute? range)
    {
        try
        {
            var value = given.Get(type);
            return (range is null || range.IsValid(value)) && (!type.IsEnum || Enum.IsDefined(type, value!));
        }
        catch (InvalidOperationException)
        {
            return false;   // It cannot be read as this type.
        }
    }

    private static string Form(Type type, RangeAttribute? range)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var form = type switch
        {
            _ when type == typeof(int) => "a whole number",
            _ when type == typeof(double) => "a number",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(TimeSpan) => "a time such as 00:15:00 (hours, minutes, seconds)",
            _ when type == typeof(TimeOnly) => "a time of day such as 09:00",
            _ when type == typeof(DateOnly) => "a date such as 2026-12-25",
            { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
            _ => "a text",
        };
        return range is null ? form : string.Create(CultureInfo.InvariantCulture, $"{form} from {Bound(range.Minimum)} to {Bound(range.Maximum)}");
    }

    // Bare digits, so that what is read can be typed.
    private static string Bound(object bound) => Convert.ToString(bound, CultureInfo.InvariantCulture) ?? "";
}
