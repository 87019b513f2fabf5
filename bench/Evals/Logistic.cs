namespace FteAgent.Evals;

/// <summary>Logistic regression by Newton's method, lightly regularised; small enough to need no library.</summary>
internal static class Logistic
{
    private const int Steps = 40;
    private const double Ridge = 1.0;

    public static double Chance(double[] model, double[] inputs)
    {
        var sum = model[0];
        for (var i = 0; i < inputs.Length; i++) sum += model[i + 1] * inputs[i];
        return 1 / (1 + Math.Exp(-sum));
    }

    public static double[] Fit(IReadOnlyList<Example> examples)
    {
        var size = examples[0].Inputs.Length + 1;
        var model = new double[size];
        for (var step = 0; step < Steps; step++)
        {
            var gradient = new double[size];
            var curvature = new double[size, size];
            foreach (var example in examples)
            {
                var chance = Chance(model, example.Inputs);
                var error = example.Weight * ((example.Answerable ? 1 : 0) - chance);
                var spread = example.Weight * chance * (1 - chance);
                for (var i = 0; i < size; i++)
                {
                    var x = i == 0 ? 1 : example.Inputs[i - 1];
                    gradient[i] += error * x;
                    for (var j = 0; j < size; j++) curvature[i, j] += spread * x * (j == 0 ? 1 : example.Inputs[j - 1]);
                }
            }

            for (var i = 1; i < size; i++)
            {
                gradient[i] -= Ridge * model[i];
                curvature[i, i] += Ridge;
            }

            Solve(curvature, gradient);
            for (var i = 0; i < size; i++) model[i] += gradient[i];
        }

        return model;
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
