using System.CommandLine;
using System.Text;
using NanoBragg.Kernels.Files;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Reports;

namespace NanoBragg.Tool.Commands;

/// <summary>Delivers a gate report the way the command line asks for it.</summary>
internal static class GateResult
{
    /// <summary>Writes a report to the report files, if any, and to standard output.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="report">The report.</param>
    /// <param name="files">Where to write it, in the form that each name's ending says.</param>
    /// <param name="json">Whether standard output gets JSON.</param>
    /// <returns>The exit code.</returns>
    public static int Deliver(ParseResult parse, GateReport report, string[]? files, bool json)
    {
        foreach (var file in files ?? [])
        {
            try
            {
                AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(ReportFile.Text(report, file))));
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
