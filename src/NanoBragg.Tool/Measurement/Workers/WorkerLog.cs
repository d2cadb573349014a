using System.Globalization;
using System.Text;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>What a worker says of its progress: lines on standard error, which the tool keeps as its log. (The console class would cost start-up time.)</summary>
internal static class WorkerLog
{
    private const string CasePrefix = "case ";
    private const string TimePrefix = " (at ";

    private static readonly Stream Output = Console.OpenStandardError();

    /// <summary>Announces a case, with the seconds since the process started.</summary>
    public static void BeginCase(string scenario, string name) =>
        Write(string.Create(CultureInfo.InvariantCulture, $"{CasePrefix}{(name.Length == 0 ? scenario : $"{scenario}/{name}")}{TimePrefix}{Worker.SecondsSinceStart():F3} s)"));

    /// <summary>Writes a line.</summary>
    public static void Write(string line) => Output.Write(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Gets the name of the case that a log announces last, or null.</summary>
    public static string? LastCase(string log) =>
        log.Split('\n').LastOrDefault(IsCase) is { } line ? line[CasePrefix.Length..Math.Max(CasePrefix.Length, line.LastIndexOf(TimePrefix, StringComparison.Ordinal))] : null;

    /// <summary>Gets, as one line, what a log says after it announced its last case: for a crash what the runtime says, without the stack trace.</summary>
    public static string LastWords(string log)
    {
        var lines = log.Split('\n');
        return string.Join(' ', lines[(Array.FindLastIndex(lines, IsCase) + 1)..]
            .Select(line => line.Trim())
            .Where(line => line.Length > 0)
            .TakeWhile(line => !line.StartsWith("at ", StringComparison.Ordinal))
            .Take(3));
    }

    private static bool IsCase(string line) => line.StartsWith(CasePrefix, StringComparison.Ordinal);
}
