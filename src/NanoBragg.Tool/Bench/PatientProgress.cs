using System.Diagnostics;

namespace NanoBragg.Tool.Bench;

/// <summary>Says every two seconds what is being done: nothing about what takes less.</summary>
/// <param name="lines">Where it is said.</param>
internal sealed class PatientProgress(IProgress<string> lines)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly long _started = Stopwatch.GetTimestamp();
    private long _told = Stopwatch.GetTimestamp();

    /// <summary>Says what is being done, unless something was said within the last two seconds.</summary>
    /// <param name="what">What is being done.</param>
    public void Tell(string what)
    {
        if (Stopwatch.GetElapsedTime(_told) >= Patience)
        {
            _told = Stopwatch.GetTimestamp();
            lines.Report(FormattableString.Invariant($"{what}, {Stopwatch.GetElapsedTime(_started).TotalSeconds:0} s so far"));
        }
    }
}
