using System.Diagnostics;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Bench;

/// <summary>How long the drawing of a picture took, s.</summary>
/// <param name="First">The first time, with the JIT's work and the first touch of the buffer; no part of the others.</param>
/// <param name="Best">The shortest time.</param>
/// <param name="Median">The median.</param>
/// <param name="Repetitions">How often it was drawn after the first time.</param>
internal sealed record DrawingTimes(double First, double Best, double Median, int Repetitions)
{
    private const int LeastRepetitions = 5;
    private const double LeastSeconds = 0.5;

    /// <summary>Draws a picture at least six times and for at least half a second.</summary>
    /// <param name="draw">Draws it, into the same buffer each time.</param>
    /// <param name="cancellation">Ends it between two pictures.</param>
    /// <returns>The times.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static DrawingTimes Measure(Action draw, CancellationToken cancellation)
    {
        var first = Seconds(draw);
        var times = new List<double>();
        for (var all = 0.0; times.Count < LeastRepetitions || all < LeastSeconds; all += times[^1])
        {
            cancellation.ThrowIfCancellationRequested();
            times.Add(Seconds(draw));
        }

        return new(first, times.Min(), Statistics.Median(times), times.Count);
    }

    private static double Seconds(Action draw)
    {
        var started = Stopwatch.GetTimestamp();
        draw();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
