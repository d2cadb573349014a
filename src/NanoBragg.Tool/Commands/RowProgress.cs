using System.Diagnostics;

namespace NanoBragg.Tool.Commands;

/// <summary>Progress by rows, a line every two seconds.</summary>
/// <param name="rows">How many there are.</param>
/// <param name="error">Where the lines go.</param>
internal sealed class RowProgress(int rows, TextWriter error) : IProgress<int>
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _told = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public void Report(int value)
    {
        if (Stopwatch.GetElapsedTime(_told) >= Between)
        {
            _told = Stopwatch.GetTimestamp();
            new ErrorProgress(error).Report(FormattableString.Invariant($"{value} of {rows} rows in {Stopwatch.GetElapsedTime(_started).TotalSeconds:0} s"));
        }
    }
}
