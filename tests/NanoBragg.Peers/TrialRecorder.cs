using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.EventProcessors;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using NanoBragg.Tool.Study;

namespace NanoBragg.Peers;

/// <summary>Appends a trial when a case is over, so that a run that is stopped keeps those that it finished.</summary>
/// <param name="path">The trials file.</param>
/// <param name="design">What is recorded as the trial's design.</param>
/// <param name="load">What is recorded as the trial's load.</param>
/// <param name="tell">Is told each trial, a line each.</param>
internal sealed class TrialRecorder(string path, string design, string load, Action<string> tell) : EventProcessor
{
    private long _started;

    /// <summary>Gets how many trials were appended.</summary>
    public int Recorded { get; private set; }

    /// <inheritdoc/>
    public override void OnStartRunBenchmark(BenchmarkCase benchmarkCase) => _started = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public override void OnEndRunBenchmark(BenchmarkCase benchmarkCase, BenchmarkReport report)
    {
        if (!report.Success)
        {
            return;
        }

        var trial = new Trial
        {
            At = DateTimeOffset.UtcNow,
            Design = design,
            Kernel = "compute",
            Load = load,
            Injected = (double)benchmarkCase.Parameters[nameof(ComputeKernel.Injected)],

            // Without the build, which is made once for all cases.
            Seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds,

            // After removal of outliers: the same values that BenchmarkDotNet's own mean is made of.
            SampleSeconds = [.. report.GetResultRuns().Select(result => result.Nanoseconds / result.Operations / 1e9)],
        };
        TrialFile.Append(path, trial);
        Recorded++;
        tell(string.Create(CultureInfo.InvariantCulture, $"{design}: {100 * trial.Injected:+0.##;-0.##;0} % injected: {1e3 * trial.SampleSeconds.Average():0.000} ms, {trial.SampleSeconds.Count} samples, {trial.Seconds:0.0} s"));
    }
}
