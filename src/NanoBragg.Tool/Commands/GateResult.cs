using System.CommandLine;
using System.Text;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Reports;

namespace NanoBragg.Tool.Commands;

/// <summary>Delivers a gate report the way the command line asks for it.</summary>
internal static class GateResult
{
    /// <summary>Writes a report to the report file, if any, and to standard output.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="report">The report.</param>
    /// <param name="file">Where to write JSON, or null.</param>
    /// <param name="json">Whether standard output gets JSON.</param>
    /// <returns>The exit code.</returns>
    public static int Deliver(ParseResult parse, GateReport report, string? file, bool json)
    {
        if (file is not null)
        {
            try
            {
                AtomicFile.Write(file, Encoding.UTF8.GetBytes(GateJson.Write(report)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new UserError($"the report cannot be written: {e.Message}", innerException: e);
            }
        }

        var output = parse.InvocationConfiguration.Output;
        if (json)
        {
            output.Write(GateJson.Write(report));
        }
        else
        {
            GateText.Write(report, output);
        }

        return report.ExitCode;
    }
}
