using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace FteAgent.Intents;

/// <summary>
/// Reads a classifier and believes nothing: a count may not promise more than the bytes that are left could hold, a number must name
/// something that exists, and a weight must be a number. What is read can be asked without further checks.
/// </summary>
internal sealed class ClassifierReader(BinaryReader from)
{
    private const int MostNetworks = 8;

    // Far beyond what training makes, and far from overflowing when multiplied and added up.
    private const double MostWeight = 1e6;

    public IntentClassifier Read()
    {
        var labels = ReadLabels();
        var table = ReadTable();
        var networks = ReadNetworks(labels.Length, table.Count);
        var examples = ReadExamples(labels.Length, table);
        var likenessWeight = ReadFloat();
        var scope = new ScopeModel(ReadDoubles(ScopeSigns.Count), ReadDeviations(), ReadDoubles(ScopeSigns.Count + 1));
        Demand(from.BaseStream.Position == from.BaseStream.Length);
        return new IntentClassifier(labels, table, networks, examples, likenessWeight, scope);
    }

    private ImmutableArray<string> ReadLabels()
    {
        var labels = new string[ReadCount(TrainingSet.MostLabels, 1)];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = from.ReadString();
            Demand(labels[i].Length is > 0 and <= TrainingSet.LongestLabel);
            Demand(i == 0 || string.CompareOrdinal(labels[i - 1], labels[i]) < 0);
        }

        return [.. labels];
    }

    private FeatureTable ReadTable()
    {
        var hashes = new uint[ReadCount(FeatureTable.MostFeatures, sizeof(uint) + sizeof(ushort))];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = from.ReadUInt32();
            Demand(i == 0 || hashes[i - 1] < hashes[i]);
        }

        var weights = new ushort[hashes.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = from.ReadUInt16();
            Demand(weights[i] > 0);
        }

        return new FeatureTable(hashes, weights);
    }

    private ImmutableArray<IntentNetwork> ReadNetworks(int labels, int features)
    {
        var networks = new IntentNetwork[ReadCount(MostNetworks, 1)];
        Demand(networks.Length > 0 == labels > 0);
        for (var i = 0; i < networks.Length; i++)
        {
            var outcomes = ReadCount(TrainingSet.MostLabels + 1, IntentNetwork.Width * sizeof(float));
            Demand(outcomes == labels || outcomes == labels + 1);
            Demand(i == 0 || outcomes == networks[0].Outcomes);
            var inner = from.ReadBytes(features * IntentNetwork.Width);
            Demand(inner.Length == features * IntentNetwork.Width);
            networks[i] = new IntentNetwork(
                MemoryMarshal.Cast<byte, sbyte>(inner).ToArray(), ReadFloats(features), ReadFloats(outcomes * IntentNetwork.Width), ReadFloats(outcomes));
        }

        return [.. networks];
    }

    private NearestExamples ReadExamples(int labels, FeatureTable table)
    {
        var count = ReadCount(TrainingSet.MostExamples, 3);
        var (stems, pairs, labelled) = (new int[count][], new int[count][], new int[count]);
        for (var i = 0; i < count; i++)
        {
            labelled[i] = from.Read7BitEncodedInt();
            Demand(labelled[i] >= 0 && labelled[i] < labels);
            stems[i] = ReadRising(table.Count);
            pairs[i] = ReadRising(table.Count);
        }

        return new NearestExamples(table, stems, pairs, labelled);
    }

    private int[] ReadRising(int bound)
    {
        var numbers = new int[ReadCount(bound, 1)];
        var before = -1;
        for (var i = 0; i < numbers.Length; i++)
        {
            var step = from.Read7BitEncodedInt();
            Demand(step >= 0 && step < bound - before - 1);
            numbers[i] = before = before + 1 + step;
        }

        return numbers;
    }

    private int ReadCount(int most, int bytesEach)
    {
        var count = from.Read7BitEncodedInt();
        Demand(count >= 0 && count <= most && (long)count * bytesEach <= from.BaseStream.Length - from.BaseStream.Position);
        return count;
    }

    private float[] ReadFloats(int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++) values[i] = ReadFloat();
        return values;
    }

    private float ReadFloat()
    {
        var value = from.ReadSingle();
        Demand(MathF.Abs(value) <= (float)MostWeight);
        return value;
    }

    private double[] ReadDoubles(int count)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = from.ReadDouble();
            Demand(Math.Abs(values[i]) <= MostWeight);
        }

        return values;
    }

    private double[] ReadDeviations()
    {
        var deviations = ReadDoubles(ScopeSigns.Count);
        Demand(deviations.All(deviation => deviation > 1 / MostWeight));
        return deviations;
    }

    // Not a number is within no bounds, so that comparisons above refuse it.
    private static void Demand(bool holds)
    {
        if (!holds) throw new InvalidDataException();
    }
}
