using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NuGet.Versioning;

namespace NanoBragg.Tool.Diagnostics;

/// <summary>Compares a diagnostic with the committed baseline, by the gate's own judgement.</summary>
internal static class CommittedBaseline
{
    /// <summary>Compares the exact figures; machine-bound times need yardsticks, which a diagnostic does not run.</summary>
    /// <param name="file">The baseline.</param>
    /// <param name="report">What a worker found, or null where none reported.</param>
    public static ChangeTable Compare(BaselineFile file, WorkerReport? report)
    {
        if (!file.Exists)
        {
            return new ChangeTable { With = $"There is no {Baseline.DefaultFileName} in the current folder; `dotnet nanobragg baseline update` makes one, `--baseline FILE` names another." };
        }

        if (report is null)
        {
            return new ChangeTable { With = $"Nothing to compare with {file.Path}: no worker reported." };
        }

        var version = NuGetVersion.TryParse(report.KernelVersion, out var parsed) ? parsed : new NuGetVersion(0, 0, 0);
        var machine = MachineProbe.Read();
        var rows = new List<Change>();
        var absent = new List<string>();
        foreach (var measured in report.Cases.Select(CaseMetrics.Of))
        {
            var index = file.Content.IndexOf(measured.Name, version);
            if (index < 0)
            {
                absent.Add(measured.Name);
                continue;
            }

            rows.AddRange(CaseJudgement.Judge(measured, file.Content.Entries[index], machine, new GatePolicy())
                .Where(c => c.Kind == MetricKind.Exact && c is { Then: not null, Now: not null })
                .Select(c => new Change($"{c.Scenario}: {c.Metric}", c.Unit, c.Then!.Value, c.Now!.Value, c.Outcome.ToString().ToLowerInvariant())));
        }

        return new ChangeTable
        {
            With = $"Exact figures against {file.Path}, for {report.Assembly} {report.KernelVersion}. Times are judged by `dotnet nanobragg gate`, which measures them beside yardsticks."
                + (absent.Count > 0 ? $" The baseline has no entry for {string.Join(", ", absent)} of this version." : ""),
            Rows = rows,
        };
    }

    /// <summary>Reads a baseline, before anything is run.</summary>
    /// <param name="path">The baseline that the user named, or null for the usual file of the current folder, which need not exist.</param>
    /// <exception cref="UserError">The file cannot be used, or the one that the user named does not exist.</exception>
    public static BaselineFile Read(string? path)
    {
        try
        {
            var file = BaselineFile.Read(path ?? Baseline.DefaultFileName);
            return file.Exists || path is null
                ? file
                : throw new UserError($"there is no baseline '{path}'; name another with --baseline, or make it with 'dotnet nanobragg baseline update --baseline {path}'", ExitCode.BaselineUnusable);
        }
        catch (BaselineException e)
        {
            throw new UserError(FormattableString.Invariant($"{e.Path}({e.Position.Line},{e.Position.Column}): {e.Message}"), ExitCode.BaselineUnusable, e);
        }
    }
}
