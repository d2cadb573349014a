using System.Globalization;

namespace NanoBragg.Tool.Measurement;

/// <summary>Refuses samples that say nothing, because what is computed from them might pass: a case whose samples are no times fails.</summary>
internal static class SampleCheck
{
    // Sized for the whole, a batch varies; one that is ten times shorter was sized wrongly, and the clock's own steps show in it.
    private const double ShortestShare = 0.1;

    /// <summary>Looks at what a worker found of a case.</summary>
    /// <param name="report">The case; one that failed is left as it is.</param>
    /// <param name="samples">The samples that were asked for.</param>
    /// <param name="batchSeconds">The shortest batch worth timing, CPU seconds.</param>
    /// <returns>The case, failed where its samples cannot be used.</returns>
    public static CaseReport Apply(CaseReport report, int samples, double batchSeconds) =>
        report is { Failure: null, NotAvailable: null } && Problem(report, samples, batchSeconds) is { } problem ? report with { Failure = problem } : report;

    private static string? Problem(CaseReport report, int samples, double batchSeconds)
    {
        if (report.CallsPerSample < 1)
        {
            return string.Create(CultureInfo.InvariantCulture, $"a sample of it has {report.CallsPerSample} calls; measure again, and report it if it stays");
        }

        var timed = report.Ratios.Where(ratio => ratio.Key != BaseReport.Yardstick).Select(ratio => (What: $"ratio to {ratio.Key}", Values: ratio.Value));
        foreach (var (what, values) in timed.Prepend((What: "wall time", Values: report.WallSeconds)).Prepend((What: "CPU time", Values: report.CpuSeconds)))
        {
            if (values.Count < samples)
            {
                return string.Create(CultureInfo.InvariantCulture, $"its {what} has {values.Count} samples, and {samples} were asked for; measure again, and report it if it stays");
            }

            if (Unusable(values) is { } bad)
            {
                return string.Create(CultureInfo.InvariantCulture, $"its {what} is {bad} in one of {values.Count} samples, which is no time; the call does too little for this system's clock, so do more in it");
            }
        }

        // How many pairs a duet plays is its own affair.
        if (report.Base is { Absence: null } && (!report.Ratios.TryGetValue(BaseReport.Yardstick, out var duet) || duet.Count == 0 || Unusable(duet) is not null))
        {
            return "its ratio to the base is no number in some sample; the call does too little for this system's clock, so do more in it";
        }

        return IsTooShort(report, batchSeconds)
            ? string.Create(CultureInfo.InvariantCulture, $"its samples are too short to time: {1e6 * BatchOf(report):0.#} µs for {report.CallsPerSample} calls, and {1e6 * batchSeconds:0.#} µs were asked for; measure again, or do more in a call")
            : null;
    }

    /// <summary>Tells whether a case's batches are far shorter than they were to be.</summary>
    /// <param name="report">The case, timed.</param>
    /// <param name="batchSeconds">The shortest batch worth timing, CPU seconds; 0 for single calls.</param>
    public static bool IsTooShort(CaseReport report, double batchSeconds) => BatchOf(report) < ShortestShare * batchSeconds;

    // A kernel that works elsewhere than on this processor is batched by wall time: see WarmUp.
    private static double BatchOf(CaseReport report) =>
        Statistics.Median([.. report.CpuSeconds.Zip(report.WallSeconds, (cpu, wall) => Math.Max(cpu, wall / 8))]) * report.CallsPerSample;

    private static double? Unusable(IReadOnlyList<double> values)
    {
        foreach (var value in values)
        {
            if (!(double.IsFinite(value) && value > 0))
            {
                return value;
            }
        }

        return null;
    }
}
