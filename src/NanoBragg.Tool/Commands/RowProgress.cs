using System.Diagnostics;
using Spectre.Console;

namespace NanoBragg.Tool.Commands;

/// <summary>Progress by rows on standard error, once something takes longer than two seconds: a bar on a terminal, a line every two seconds elsewhere.</summary>
internal static class RowProgress
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Does something with progress.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="work">What is done; it is told whom to tell how many rows are done.</param>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <returns>What comes of it.</returns>
    public static T Show<T>(int rows, TextWriter error, Func<IProgress<int>, T> work)
    {
        if (error != Console.Error || Console.IsErrorRedirected)
        {
            return work(Lines(rows, error));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
            .Start(context => work(new Bar(rows, context)));
    }

    /// <summary>Progress as lines, also on a terminal: for what writes its result meanwhile.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="error">Standard error.</param>
    /// <returns>Whom to tell how many rows are done.</returns>
    public static IProgress<int> Lines(int rows, TextWriter error) => new RowLines(rows, error);

    private sealed class RowLines(int rows, TextWriter error) : IProgress<int>
    {
        private readonly ErrorProgress _progress = new(error);
        private readonly long _started = Stopwatch.GetTimestamp();
        private long _told = Stopwatch.GetTimestamp();

        public void Report(int value)
        {
            if (Stopwatch.GetElapsedTime(_told) >= Patience)
            {
                _told = Stopwatch.GetTimestamp();
                _progress.Report(FormattableString.Invariant($"{value} of {rows} rows in {Stopwatch.GetElapsedTime(_started).TotalSeconds:0} s"));
            }
        }
    }

    private sealed class Bar(int rows, ProgressContext context) : IProgress<int>
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private ProgressTask? _task;

        public void Report(int value)
        {
            if (Stopwatch.GetElapsedTime(_started) >= Patience)
            {
                _task ??= context.AddTask("rows", maxValue: rows);
                _task.Value = value;
            }
        }
    }
}
