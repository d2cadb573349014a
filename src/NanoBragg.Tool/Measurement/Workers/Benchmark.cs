using System.Reflection;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>A benchmark as its assembly declares it.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Measures">One sentence that says what it measures.</param>
/// <param name="Prepare">The static method that prepares it.</param>
/// <param name="Cases">Its cases, in the order declared; one with an empty name where it has none.</param>
/// <param name="Comparisons">Figures that compare two of its cases, in the order declared.</param>
internal sealed record Benchmark(
    string Scenario,
    string Measures,
    MethodInfo Prepare,
    IReadOnlyList<BenchmarkCase> Cases,
    IReadOnlyList<BenchmarkComparison> Comparisons);

/// <summary>One case of a benchmark.</summary>
/// <param name="Name">Its name, unique in the benchmark; empty where the benchmark has no cases.</param>
/// <param name="Arguments">The arguments of the preparing method, of its parameters' types.</param>
internal sealed record BenchmarkCase(string Name, object?[] Arguments);

/// <summary>A figure that compares two cases.</summary>
/// <param name="Name">The figure's name.</param>
/// <param name="Numerator">The case whose rate is divided.</param>
/// <param name="Denominator">The case that it is divided by.</param>
/// <param name="Rate">Which rate: <c>steps</c>, <c>wall-steps</c>, <c>bytes</c> or <c>first-call</c>.</param>
/// <param name="AtLeast">The lowest acceptable value, or null.</param>
/// <param name="AtMost">The highest acceptable value, or null.</param>
internal sealed record BenchmarkComparison(string Name, string Numerator, string Denominator, string Rate, double? AtLeast, double? AtMost);
