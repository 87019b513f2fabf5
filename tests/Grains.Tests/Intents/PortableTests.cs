using FteAgent.Intents;

namespace FteAgent.Tests.Intents;

public class PortableTests
{
    [Fact]
    public void Powers_of_e_are_right_to_ten_digits()
    {
        for (var x = -60.0; x < 60; x += 0.37) Assert.Equal(1, Portable.Exp(x) / Math.Exp(x), 1e-10);
        Assert.InRange(Portable.Exp(-1e9), 0, 1e-300);
        Assert.True(double.IsFinite(Portable.Exp(1e9)));
        Assert.Equal(1, Portable.Exp(0));
    }

    [Fact]
    public void Random_numbers_are_those_of_the_published_algorithm()
    {
        // The first numbers for seed 1234567, as published with the algorithm's reference code.
        var random = new PortableRandom(1_234_567);
        Assert.Equal(6_457_827_717_110_365_317u, random.Next());
        Assert.Equal(3_203_168_211_198_807_973u, random.Next());
    }

    [Fact]
    public void Sums_over_rows_are_those_of_plain_arithmetic()
    {
        float[] one = [.. Enumerable.Range(1, 16).Select(n => n / 4f)];
        float[] other = [.. Enumerable.Range(1, 16).Select(n => 8f - n)];
        Assert.Equal(one.Zip(other, (a, b) => a * b).Sum(), Rows.Dot(one, other));
        var expected = one.Zip(other, (a, b) => a + (b * -0.5f)).ToArray();
        Rows.Add(one, other, -0.5f);
        Assert.Equal(expected, one);
    }
}
