using System.Globalization;
using System.Text;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>What a worker says of its progress: lines on standard error, which the tool keeps as its log. (The console class would cost start-up time.)</summary>
internal static class WorkerLog
{
    private static readonly Stream Output = Console.OpenStandardError();

    /// <summary>Writes a line with the seconds since the process started.</summary>
    public static void Write(string line) =>
        Output.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"[{Worker.SecondsSinceStart():F3} s] {line}\n")));
}
