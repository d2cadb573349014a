using NanoBragg;

namespace GatedKernels;

/// <summary>What the gate measures. The attribute and <see cref="KernelRun"/> come with the package, as internal source.</summary>
internal static class Benchmarks
{
    private const int Elements = 16 * 1024; // Values and results fill 256 KiB: they stay in the cache, so that the kernel is what is timed.

    [KernelBenchmark("inverse-square-root", Measures = "1/√x of 16 Ki numbers in the cache")]
    private static KernelRun InverseSquareRoots()
    {
        var values = new double[Elements];
        var results = new double[Elements];
        for (var i = 0; i < Elements; i++)
        {
            values[i] = 0.01 + (i * 0.25);
        }

        return new KernelRun(() => InverseSquareRoot.Compute(values, results))
        {
            Steps = Elements,
            StepUnit = "elements",
            Check = () => Figures(values, results),
        };
    }

    private static Dictionary<string, double> Figures(double[] values, double[] results)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var expected = 1 / Math.Sqrt(values[i]);
            if (!(Math.Abs(results[i] - expected) <= 1e-14 * expected))
            {
                throw new InvalidOperationException(FormattableString.Invariant($"1/√{values[i]} is {expected}, not {results[i]}"));
            }
        }

        return new Dictionary<string, double> { ["sum"] = results.Sum(), ["max"] = results.Max() };
    }
}
