using System.Diagnostics;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Bench;

/// <summary>How long a device took to draw a picture, s.</summary>
/// <param name="First">The first time by this machine's clock, with the compiler's work or the reading of its cache.</param>
/// <param name="Best">The shortest later time by this machine's clock, with all copies.</param>
/// <param name="Median">The median of the later times.</param>
/// <param name="BestKernel">The shortest time of the kernels alone (<see cref="DeviceBackEnd.KernelSeconds"/>).</param>
/// <param name="MedianKernel">The median of these.</param>
/// <param name="Repetitions">How often it was drawn after the first time.</param>
internal sealed record DeviceTimes(double First, double Best, double Median, double BestKernel, double MedianKernel, int Repetitions)
{
    private const int LeastRepetitions = 5;
    private const double LeastSeconds = 0.5;

    /// <summary>Draws a picture at least six times and for at least half a second.</summary>
    /// <param name="backEnd">Who draws.</param>
    /// <param name="plan">What it shows.</param>
    /// <param name="image">Where to.</param>
    /// <param name="cancellation">Ends it between two pictures.</param>
    /// <returns>The times.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static DeviceTimes Measure(DeviceBackEnd backEnd, SimulationPlan plan, float[] image, CancellationToken cancellation)
    {
        var first = Seconds();
        var (times, kernels) = (new List<double>(), new List<double>());
        for (var all = 0.0; times.Count < LeastRepetitions || all < LeastSeconds; all += times[^1])
        {
            cancellation.ThrowIfCancellationRequested();
            times.Add(Seconds());
            kernels.Add(backEnd.KernelSeconds);
        }

        return new(first, times.Min(), Statistics.Median(times), kernels.Min(), Statistics.Median(kernels), times.Count);

        double Seconds()
        {
            var started = Stopwatch.GetTimestamp();
            backEnd.Render(plan, image);
            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
    }
}
