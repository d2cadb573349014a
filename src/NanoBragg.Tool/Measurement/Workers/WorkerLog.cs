using System.Globalization;
using System.Text;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>What a worker says of its progress: lines on standard error, which the tool keeps as its log. (The console class would cost start-up time.)</summary>
internal static class WorkerLog
{
    /// <summary>What the line that announces a case begins with; the case's name follows.</summary>
    public const string CasePrefix = "case ";

    private static readonly Stream Output = Console.OpenStandardError();

    /// <summary>Announces a case, with the seconds since the process started.</summary>
    public static void BeginCase(string scenario, string name) =>
        Write(string.Create(CultureInfo.InvariantCulture, $"{CasePrefix}{(name.Length == 0 ? scenario : $"{scenario}/{name}")} (at {Worker.SecondsSinceStart():F3} s)"));

    /// <summary>Writes a line.</summary>
    public static void Write(string line) => Output.Write(Encoding.UTF8.GetBytes(line + "\n"));
}
