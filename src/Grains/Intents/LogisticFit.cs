namespace FteAgent.Intents;

/// <summary>One observation for a logistic model.</summary>
/// <param name="Inputs">What is known.</param>
/// <param name="Holds">What is to be told from it.</param>
/// <param name="Weight">How much it counts.</param>
internal readonly record struct LogisticCase(double[] Inputs, bool Holds, double Weight);

/// <summary>Logistic regression by Newton's method, lightly regularised.</summary>
internal static class LogisticFit
{
    private const int Steps = 30;

    // Keeps the first steps finite where both kinds can be told apart without a mistake.
    private const double LeastCurvature = 1e-6;

    /// <param name="coefficients">The intercept, then one for each input.</param>
    /// <param name="inputs">What is known.</param>
    public static double Chance(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> inputs)
    {
        var sum = coefficients[0];
        for (var i = 0; i < inputs.Length; i++) sum += coefficients[i + 1] * inputs[i];
        return 1 / (1 + Portable.Exp(-sum));
    }

    /// <summary>The intercept, then one coefficient for each input.</summary>
    public static double[] Of(IReadOnlyList<LogisticCase> cases, double ridge)
    {
        var size = cases[0].Inputs.Length + 1;
        var model = new double[size];
        for (var step = 0; step < Steps; step++)
        {
            var gradient = new double[size];
            var curvature = new double[size, size];
            foreach (var one in cases) Add(one, model, gradient, curvature);
            curvature[0, 0] += LeastCurvature;
            for (var i = 1; i < size; i++)
            {
                gradient[i] -= ridge * model[i];
                curvature[i, i] += ridge;
            }

            Solve(curvature, gradient);
            for (var i = 0; i < size; i++) model[i] += gradient[i];
        }

        return model;
    }

    private static void Add(LogisticCase one, double[] model, double[] gradient, double[,] curvature)
    {
        var chance = Chance(model, one.Inputs);
        var error = one.Weight * ((one.Holds ? 1 : 0) - chance);
        var weight = one.Weight * chance * (1 - chance);
        for (var i = 0; i < gradient.Length; i++)
        {
            var x = i == 0 ? 1 : one.Inputs[i - 1];
            gradient[i] += error * x;
            for (var j = 0; j < gradient.Length; j++) curvature[i, j] += weight * x * (j == 0 ? 1 : one.Inputs[j - 1]);
        }
    }

    // Gauss–Jordan; the matrix is positive definite, so no pivot is needed.
    private static void Solve(double[,] matrix, double[] right)
    {
        for (var i = 0; i < right.Length; i++)
        {
            for (var k = 0; k < right.Length; k++)
            {
                if (k == i) continue;
                var factor = matrix[k, i] / matrix[i, i];
                for (var j = i; j < right.Length; j++) matrix[k, j] -= factor * matrix[i, j];
                right[k] -= factor * right[i];
            }
        }

        for (var i = 0; i < right.Length; i++) right[i] /= matrix[i, i];
    }
}
