using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace FteAgent.Intents;

/// <summary>
/// A classifier as bytes for the record: "FTEI", a version, the SHA-256 of what follows, then labels, features, networks, examples and
/// what was fitted on held-out examples. It holds labels and hashes of words, and no text. Numbers are little-endian; counts and numbers
/// of features are written as 7-bit groups.
/// </summary>
internal static class ClassifierBytes
{
    /// <summary>Raised whenever features, networks or the layout change: what another version wrote is trained anew.</summary>
    public const byte Version = 1;

    /// <summary>No classifier is larger: the most features for the most networks, and room for examples.</summary>
    public const int Most = 64 * 1024 * 1024;

    private const int Head = 4 + 1 + SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Mark => "FTEI"u8;

    public static byte[] Write(IntentClassifier classifier)
    {
        using var stream = new MemoryStream();
        stream.Write(Mark);
        stream.WriteByte(Version);
        stream.Write(new byte[SHA256.HashSizeInBytes]);
        using var to = new BinaryWriter(stream, Encoding.UTF8);
        to.Write7BitEncodedInt(classifier.Labels.Length);
        foreach (var label in classifier.Labels) to.Write(label);
        WriteTable(to, classifier.Table);
        to.Write7BitEncodedInt(classifier.Networks.Length);
        foreach (var network in classifier.Networks) WriteNetwork(to, network);
        WriteExamples(to, classifier.Examples);
        to.Write(classifier.LikenessWeight);
        WriteDoubles(to, classifier.Scope.Usual);
        WriteDoubles(to, classifier.Scope.Deviations);
        WriteDoubles(to, classifier.Scope.Coefficients);
        to.Flush();
        var bytes = stream.ToArray();
        SHA256.HashData(bytes.AsSpan(Head), bytes.AsSpan(5, SHA256.HashSizeInBytes));
        return bytes;
    }

    /// <summary>Reads what <see cref="Write"/> wrote. Bytes that are damaged, of another version or made up are refused, with a sentence that says why.</summary>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out IntentClassifier? classifier, out string fault)
    {
        classifier = null;
        fault = bytes switch
        {
            { Length: < Head or > Most } => "The stored classifier has an impossible length.",
            _ when !bytes.AsSpan(0, 4).SequenceEqual(Mark) => "What is stored is no classifier.",
            _ when bytes[4] != Version => "The stored classifier is of another version.",
            _ when !SHA256.HashData(bytes.AsSpan(Head)).AsSpan().SequenceEqual(bytes.AsSpan(5, SHA256.HashSizeInBytes)) => "The stored classifier is damaged.",
            _ => "",
        };
        if (fault.Length > 0) return false;
        try
        {
            using var from = new BinaryReader(new MemoryStream(bytes, Head, bytes.Length - Head, writable: false), new UTF8Encoding(false, true));
            classifier = new ClassifierReader(from).Read();
            return true;
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or IOException or ArgumentException)
        {
            // Its sum was right, so it was written so: by another program, or with a bug.
            fault = "The stored classifier contradicts itself.";
            return false;
        }
    }

    private static void WriteTable(BinaryWriter to, FeatureTable table)
    {
        to.Write7BitEncodedInt(table.Count);
        foreach (var hash in table.Hashes) to.Write(hash);
        foreach (var weight in table.Weights) to.Write(weight);
    }

    private static void WriteNetwork(BinaryWriter to, IntentNetwork network)
    {
        to.Write7BitEncodedInt(network.Outcomes);
        to.Write(MemoryMarshal.AsBytes(network.Inner));
        foreach (var scale in network.Scales) to.Write(scale);
        foreach (var weight in network.Outer) to.Write(weight);
        foreach (var bias in network.Biases) to.Write(bias);
    }

    private static void WriteExamples(BinaryWriter to, NearestExamples examples)
    {
        to.Write7BitEncodedInt(examples.Count);
        for (var example = 0; example < examples.Count; example++)
        {
            to.Write7BitEncodedInt(examples.Label(example));
            WriteRising(to, examples.Stems(example));
            WriteRising(to, examples.Pairs(example));
        }
    }

    private static void WriteRising(BinaryWriter to, ReadOnlySpan<int> numbers)
    {
        to.Write7BitEncodedInt(numbers.Length);
        var before = -1;
        foreach (var number in numbers)
        {
            to.Write7BitEncodedInt(number - before - 1);
            before = number;
        }
    }

    private static void WriteDoubles(BinaryWriter to, ReadOnlySpan<double> values)
    {
        foreach (var value in values) to.Write(value);
    }
}
