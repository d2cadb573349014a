using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace NanoBragg.Tool.Diagnostics;

/// <summary>Keeps <c>run.log</c>: a line a step with the seconds since the start, and the workers' own output; and tells people what goes on.</summary>
internal sealed class RunLog : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly StringBuilder _text = new();
    private readonly IProgress<string> _progress;
    private readonly Timer _timer;
    private string _step = "";

    /// <summary>Starts the clock.</summary>
    /// <param name="progress">Where the step under way is shown when it takes longer than two seconds.</param>
    public RunLog(IProgress<string> progress)
    {
        _progress = progress;
        _timer = new Timer(_ => Show(), null, Quiet, TimeSpan.FromSeconds(10));
    }

    /// <summary>Gets the seconds since the start.</summary>
    public double Seconds => _clock.Elapsed.TotalSeconds;

    /// <summary>Begins a step.</summary>
    public void Step(string name)
    {
        Volatile.Write(ref _step, name);
        _text.Append(CultureInfo.InvariantCulture, $"[{Seconds,9:F3} s] {name}\n");
        _timer.Change(Quiet, TimeSpan.FromSeconds(10));
    }

    /// <summary>Adds what a worker wrote, indented.</summary>
    public void Output(string output)
    {
        foreach (var line in output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Where(_ => output.Length > 0))
        {
            _text.Append("    | ").Append(line).Append('\n');
        }
    }

    /// <summary>Gets the log so far.</summary>
    public string Render() => _text.ToString();

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Show() => _progress.Report(string.Create(CultureInfo.InvariantCulture, $"diag: {Volatile.Read(ref _step)} ({Seconds:F0} s so far)"));
}
