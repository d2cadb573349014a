namespace NanoBragg.Tool.Diagnostics;

/// <summary>What <c>diag</c> prints: the status, the main table, and where the bundle is.</summary>
internal static class ConsoleSummary
{
    /// <summary>Renders one diagnostic.</summary>
    public static string Render(DiagnosticReport report, string folder)
    {
        var text = $"{report.Scenario}: {report.Status.ToText()}: {report.StatusReason}\n";
        if (report.Main is { Cases.Count: > 0 } main)
        {
            var cases = new MarkdownTable("case", "first call, ms:", "median, ms:", "CV:", "steps/s:", "GB/s:");
            foreach (var c in main.Cases)
            {
                cases.Add(
                    c.Name, c.Failure is not null ? "failed" : c.NotAvailable is not null ? "not available" : Quantity.Milliseconds(c.FirstCallSeconds), Quantity.Milliseconds(c.Wall?.Median),
                    Quantity.Percent(c.Wall?.CoefficientOfVariation), Quantity.Figures(c.StepsPerWallSecond), Quantity.Figures(c.GigabytesPerSecond));
            }

            text += $"\n{cases}\nProcess: {Quantity.Seconds(main.Usage.WallSeconds)} wall, CPU {Quantity.Percent(main.Usage.CpuShare)}, "
                + $"maximum RSS {Quantity.Bytes(main.Usage.MaxResidentBytes)}, {Quantity.Count(main.Usage.MinorFaults)} minor faults.\n";
        }

        return text + (report.UnderLoad is null ? "" : LoadConclusion.Of(report) + "\n") + $"Bundle: {folder}\n";
    }

    /// <summary>Renders the closing table of several diagnostics.</summary>
    public static string RenderAll(IReadOnlyList<(DiagnosticReport Report, string Folder)> diagnostics)
    {
        var table = new MarkdownTable("scenario", "status", "exit code:", "wall, s:", "bundle");
        foreach (var (report, folder) in diagnostics)
        {
            table.Add(report.Scenario, report.Status.ToText(), Quantity.Count(report.ExitCode), Quantity.Figures(report.WallSeconds), folder);
        }

        return table.ToString();
    }
}
