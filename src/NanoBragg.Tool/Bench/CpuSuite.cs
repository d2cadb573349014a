using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NanoBragg.Kernels.Simulation.Simd;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Bench;

/// <summary>The suites <c>cpu</c> and <c>scaling</c>: each case in each arithmetic of the SIMD back end, with the machine's peaks beside.</summary>
internal static class CpuSuite
{
    /// <summary>The usual suite's name.</summary>
    public const string Name = "cpu";

    /// <summary>Gets a suite's cases.</summary>
    /// <param name="suite"><see cref="Name"/> or <see cref="ScalingCases.Suite"/>.</param>
    public static IReadOnlyList<BenchCase> Cases(string suite) => suite == ScalingCases.Suite ? ScalingCases.All : CpuCases.All;

    /// <summary>Measures cases.</summary>
    /// <param name="suite">The suite's name.</param>
    /// <param name="cases">The cases.</param>
    /// <param name="budget">How many steps a picture may have.</param>
    /// <param name="threads">Threads that draw, at least 1.</param>
    /// <param name="progress">Is told, every two seconds, what is being measured.</param>
    /// <param name="cancellation">Ends it at any time; a thread that draws is left to the end of the process.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static BenchResult Run(
        string suite, IReadOnlyList<BenchCase> cases, StepBudget budget, int threads, IProgress<string> progress, CancellationToken cancellation)
    {
        var contention = new ContentionProbe();
        var patient = new PatientProgress(progress);
        T Wait<T>(string what, Func<T> work) => OwnThread.Wait(work, () => patient.Tell(what), cancellation);

        // Again and again, so that what disturbs some of them does not make the kernels look better.
        MachinePeaks Peaks() => Wait("measuring the machine's peaks", () => MachinePeaks.Measure(threads));
        var peaks = Peaks();
        var rows = new List<Func<MachinePeaks, BenchRow>>();
        foreach (var chosen in cases)
        {
            cancellation.ThrowIfCancellationRequested();
            var prepared = PreparedCase.Of(chosen, budget);
            var right = new RightPictures(prepared, threads);
            foreach (var precision in Precisions.All)
            {
                var what = FormattableString.Invariant($"case {chosen.Name} in {Precisions.Name(precision)}, row {rows.Count + 1} of {cases.Count * Precisions.All.Count}");
                rows.Add(Wait(what, () => Row(prepared, right, precision, threads, cancellation)));
                patient.Tell(what);
            }

            peaks = peaks.Better(Peaks());
        }

        return new(
            suite,
            MachineProbe.Read(),
            RuntimeInformation.FrameworkDescription,
            Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128,
            threads,
            contention.Read([], null),
            StepCost.FloatingPointOperations,
            peaks,
            [.. rows.Select(row => row(peaks))]);
    }

    /// <summary>Measures a row; its shares wait for the peaks.</summary>
    private static Func<MachinePeaks, BenchRow> Row(
        PreparedCase prepared, RightPictures right, SimdPrecision precision, int threads, CancellationToken cancellation)
    {
        var (plan, backEnd) = (prepared.Plan, new SimdBackEnd(precision, threads));
        var timed = new float[plan.FastPixels * plan.SlowPixels];
        var times = DrawingTimes.Measure(() => backEnd.Render(plan, timed), cancellation);
        var picture = precision == SimdPrecision.Double ? right.Direct : RightPictures.Draw(backEnd, plan);
        var errors = right.Compare(precision, backEnd, picture, timed);
        var handedOver = backEnd.HandsOver(plan);
        var sameAsDouble = handedOver is null && precision != SimdPrecision.Double && right.IsDirect(picture);
        var isFloat = precision == SimdPrecision.Float && handedOver is null && !sameAsDouble;
        var stepsPerSecond = prepared.Steps / times.Best;
        var gigaflops = 1e-9 * StepCost.FloatingPointOperations * stepsPerSecond;
        var gigabytes = 1e-9 * sizeof(float) * prepared.Pixels / times.Best;
        return peaks => new()
        {
            Case = prepared.Case.Name,
            Precision = Precisions.Name(precision),
            BackEnd = handedOver is null ? backEnd.Name : "reference",
            HandedOverBecauseOf = handedOver,
            SameAsDouble = sameAsDouble,
            Edge = plan.FastPixels,
            WholeEdge = prepared.WholeEdge,
            Pixels = prepared.Pixels,
            Scale = prepared.Pixels / ((double)prepared.WholeEdge * prepared.WholeEdge),
            StepsPerPixel = prepared.StepsPerPixel,
            Threads = threads,
            Repetitions = times.Repetitions,
            FirstSeconds = times.First,
            BestSeconds = times.Best,
            MedianSeconds = times.Median,
            StepsPerSecond = stepsPerSecond,
            PixelsPerSecond = prepared.Pixels / times.Best,
            UsefulGigaflops = gigaflops,
            ImageGigabytesPerSecond = gigabytes,
            ShareOfFmaPeak = gigaflops / (isFloat ? peaks.FloatGigaflops : peaks.DoubleGigaflops),
            ShareOfTriadPeak = gigabytes / peaks.TriadGigabytesPerSecond,
            Errors = errors,
        };
    }
}
