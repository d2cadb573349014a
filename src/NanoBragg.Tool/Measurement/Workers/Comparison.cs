namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>Computes the figures that compare two cases of a scenario.</summary>
internal static class Comparison
{
    /// <summary>Gets the comparisons whose two cases both went well, in the order declared.</summary>
    public static IReadOnlyList<ComparisonReport> Of(IReadOnlyList<Benchmark> benchmarks, IReadOnlyList<CaseReport> cases)
    {
        var reports = new List<ComparisonReport>();
        foreach (var benchmark in benchmarks)
        {
            foreach (var comparison in benchmark.Comparisons)
            {
                var numerator = Rate(comparison, comparison.Numerator);
                var denominator = Rate(comparison, comparison.Denominator);
                if (numerator / denominator is { } value && double.IsFinite(value))
                {
                    reports.Add(new ComparisonReport
                    {
                        Scenario = benchmark.Scenario,
                        Name = comparison.Name,
                        Numerator = comparison.Numerator,
                        Denominator = comparison.Denominator,
                        Rate = comparison.Rate,
                        Value = value,
                        AtLeast = comparison.AtLeast,
                        AtMost = comparison.AtMost,
                    });
                }
            }

            double? Rate(BenchmarkComparison comparison, string name)
            {
                var found = cases.First(report => report.Scenario == benchmark.Scenario && report.Case == name);
                return found.Failure is not null || found.NotAvailable is not null ? null : comparison.Rate switch
                {
                    "wall-steps" => found.Steps / Statistics.Median(found.WallSeconds),
                    "bytes" => found.Bytes / Statistics.Median(found.OnDevice ? found.CpuSeconds : found.WallSeconds),
                    "first-call" => found.FirstCallSeconds,
                    _ => found.Steps / Statistics.Median(found.CpuSeconds),
                };
            }
        }

        return reports;
    }
}
