using NanoBragg.Tool.Study;

namespace NanoBragg.Tool.Tests.Study;

/// <summary>Trials made by hand, small enough to see through.</summary>
internal static class MadeUpTrials
{
    public static DateTimeOffset Start { get; } = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    public static Trial Duet(string verdict = "pass", double injected = 0, string load = Loads.Idle, double seconds = 5, double[]? ratios = null, string kernel = "compute") => new()
    {
        At = Start,
        Design = Designs.Duet,
        Kernel = kernel,
        Load = load,
        Injected = injected,
        Seconds = seconds,
        Verdict = verdict,
        Ratios = ratios ?? [1, 1, 1, 1, 1, 1],
    };

    /// <summary>A duet whose first process is a run of a gate with a stored time; the others must not matter.</summary>
    public static Trial Stored(double mean, double median, double injected = 0, string load = Loads.Idle) =>
        Duet(injected: injected, load: load) with { WallMeanSeconds = [mean, 100], WallMedianSeconds = [median, 100] };

    public static Trial Job(string design, double injected, params double[] samples) =>
        Duet(injected: injected, seconds: 9) with { Design = design, Verdict = null, Ratios = [], SampleSeconds = samples };

    public static Trial Anchored(double minutes, double multiple, double injected = 0, double spread = 0.001, string load = Loads.Idle) => Duet(injected: injected, load: load) with
    {
        At = Start.AddMinutes(minutes),
        Design = Designs.Anchored,
        Verdict = null,
        Ratios = [],
        Yardsticks = new Dictionary<string, IReadOnlyList<double>>
        {
            // What repeats badly is never chosen, wherever it stands.
            ["stream-1"] = Around(50, 10 * spread),
            ["fma-1"] = Around(multiple, spread),
        },
    };

    private static double[] Around(double middle, double spread) => [.. Enumerable.Range(0, 8).Select(process => middle * Math.Exp(spread * (process - 3.5)))];
}
