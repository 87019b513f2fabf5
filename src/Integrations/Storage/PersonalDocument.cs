using System.Collections.Immutable;
using System.Text.Json;
using FteAgent.Customers;

namespace FteAgent.Storage;

/// <summary>An export in the making: one JSON object with a list for each table, written as it is read.</summary>
internal sealed class PersonalDocument : IDisposable
{
    /// <summary>What is written down is given on beyond this many bytes.</summary>
    private const int FlushAt = 1 << 20;

    private readonly Utf8JsonWriter json;

    public PersonalDocument(Stream destination, CustomerId customer, ImmutableArray<CustomerId> group, DateTimeOffset at)
    {
        json = new(destination, new() { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", "fteagent.customer.1");
        json.WriteString("customer", customer.ToString());
        json.WriteString("exported_at", at);
        json.WriteStartArray("is_also");
        foreach (var other in group.Where(other => other != customer))
            json.WriteStringValue(other.ToString());
        json.WriteEndArray();
    }

    public void Begin(PersonalTable table) => json.WriteStartArray(table.Name);

    /// <summary>Writes a row: a value for each column, null where there is none.</summary>
    public void Write(PersonalTable table, object?[] row)
    {
        json.WriteStartObject();
        for (var i = 0; i < row.Length; i++)
            if (row[i] is { } value)
                Write(table.Columns[i].Name, value);
        json.WriteEndObject();
        if (json.BytesPending > FlushAt)
            json.Flush();
    }

    public void End() => json.WriteEndArray();

    public void Finish()
    {
        json.WriteEndObject();
        json.Flush();
    }

    public void Dispose() => json.Dispose();

    private void Write(string name, object value)
    {
        switch (value)
        {
            case Guid id:
                json.WriteString(name, id.ToString("N"));
                break;
            case string text:
                json.WriteString(name, text);
                break;
            case string[] texts:
                json.WriteStartArray(name);
                foreach (var text in texts)
                    json.WriteStringValue(text);
                json.WriteEndArray();
                break;
            case DateTimeOffset time:
                json.WriteString(name, time.ToUniversalTime());
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            case double real:
                json.WriteNumber(name, real);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case byte[] bytes:
                json.WriteBase64String(name, bytes);
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} is no value of the record.", nameof(value));
        }
    }
}
