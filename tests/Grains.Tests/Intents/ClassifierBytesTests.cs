using System.Security.Cryptography;
using FteAgent.Intents;

namespace FteAgent.Tests.Intents;

public class ClassifierBytesTests
{
    private static readonly IntentClassifier Trained = Given.Classifier([.. Given.Shop(), .. Given.OutOfScope()]);
    private static readonly byte[] Bytes = ClassifierBytes.Write(Trained);

    [Fact]
    public void What_is_read_answers_as_what_was_written()
    {
        Assert.True(ClassifierBytes.TryRead(Bytes, out var read, out _));
        foreach (var text in new[] { "my pump is broken", "where is my parcel", "who are you", "zzz" })
        {
            var (before, after) = (Trained.Classify(text), read.Classify(text));
            Assert.Equal(before.InScope, after.InScope);
            Assert.Equal(before.Labels.ToArray(), after.Labels.ToArray());
        }

        Assert.Equal(Bytes, ClassifierBytes.Write(read));
    }

    [Fact]
    public void Every_machine_and_every_run_makes_these_very_bytes()
    {
        // Whoever changes what is learned sees it here, and raises the version: silos of two releases would else take turns in training.
        const string sum = "02417E77A64DF55C95B2A13F81AC4B7D639EFAE93484B594B4BC971B0BFBF307";
        Assert.Equal(sum, Convert.ToHexString(SHA256.HashData(ClassifierBytes.Write(Given.Classifier(Given.Shop())))));
    }

    [Fact]
    public void A_classifier_that_knows_nothing_can_be_kept_as_well()
    {
        Assert.True(ClassifierBytes.TryRead(ClassifierBytes.Write(IntentClassifier.Empty), out var read, out _));
        Assert.Empty(read.Labels);
    }

    [Fact]
    public void No_word_of_an_example_stands_in_the_bytes()
    {
        var latin = System.Text.Encoding.Latin1.GetString(Bytes);
        Assert.DoesNotContain("bicycle", latin, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("warranty", latin, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_bytes_are_refused_with_a_reason()
    {
        const int seed = 5;
        var random = new Random(seed);
        for (var n = 0; n < 50; n++)
        {
            var damaged = (byte[])Bytes.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            Refused(damaged);
        }

        foreach (var length in new[] { 0, 1, 4, 5, 36, 37, 38, Bytes.Length / 2, Bytes.Length - 1 }) Refused(Bytes[..length]);
        Refused([.. Bytes, 0]);
    }

    [Fact]
    public void Another_version_is_refused()
    {
        var other = (byte[])Bytes.Clone();
        other[4]++;
        Assert.Contains("version", Refused(other), StringComparison.Ordinal);
    }

    [Fact]
    public void Made_up_bytes_with_a_right_sum_are_refused_or_can_be_asked_without_harm()
    {
        const int seed = 8;
        var random = new Random(seed);
        for (var n = 0; n < 150; n++)
        {
            var forged = (byte[])Bytes.Clone();
            // Near the beginning stand the counts, on which all else depends.
            for (var times = random.Next(1, 4); times > 0; times--)
                forged[random.Next(37, n % 2 == 0 ? 120 : forged.Length)] = (byte)random.Next(256);
            if (n % 5 == 0) forged = forged[..random.Next(38, forged.Length)];
            SHA256.HashData(forged.AsSpan(37), forged.AsSpan(5, 32));
            if (!ClassifierBytes.TryRead(forged, out var read, out var fault)) Assert.NotEqual("", fault);
            else Assert.InRange(read.Classify("my pump is broken").InScope, 0, 1);
        }
    }

    private static string Refused(byte[] bytes)
    {
        Assert.False(ClassifierBytes.TryRead(bytes, out var read, out var fault));
        Assert.Null(read);
        Assert.EndsWith(".", fault, StringComparison.Ordinal);
        return fault;
    }
}
