using System.Globalization;
using System.Text;
using NanoBragg.Tool.Diagnostics;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Study;

/// <summary>Writes what a study found as Markdown: a pure function of the trials.</summary>
internal static class StudyTable
{
    private const string Pass = "pass";
    private const string Regressed = "regressed";
    private const string Inconclusive = "inconclusive";
    private const string None = "–";

    private static readonly double[] UsualMinutesApart = [0, 60];

    /// <summary>Writes all tables.</summary>
    /// <param name="trials">The trials.</param>
    /// <param name="policy">What the gate allows, for what is judged only now.</param>
    /// <param name="minutesApart">How long the baseline of a run against yardsticks was taken before it, at least; a line each. Null for 0 and 60.</param>
    /// <param name="replays">How many duets are replayed for each line.</param>
    /// <returns>Markdown, with headings of the third level.</returns>
    public static string Write(IReadOnlyList<Trial> trials, GatePolicy policy, IReadOnlyList<double>? minutesApart = null, int replays = Bootstrap.UsualReplays)
    {
        if (trials.Count == 0)
        {
            return "No trials.\n";
        }

        var text = new StringBuilder();
        var duets = trials.Where(trial => trial.Design == Designs.Duet).ToList();
        text.Append(CultureInfo.InvariantCulture, $"Trials: {Count(trials.Count)}, from {Day(trials.Min(trial => trial.At))} to {Day(trials.Max(trial => trial.At))} (UTC).\n");
        Section(text, "Against the base", "Of identical code each *regressed* is a false alarm; of slower code each is one found.", Verdicts(duets));
        Section(
            text,
            "Replayed",
            $"{Count(replays)} duets of identical code for each line, from processes drawn at random from those of the trials above.",
            Replayed(duets, policy.Duet, replays));
        Section(text, "Disturbed", "A worker process is stopped, robbed of its processor or killed in the middle of a trial. " + FalseAlarmsOfDisturbed(duets), Disturbed(duets));
        Section(
            text,
            "What there is otherwise",
            "Every ordered pair of runs under the same load; the pairs share runs. *Runs* are of identical code; one process is a run of a stored time.",
            Others(trials));
        Section(
            text,
            "Against yardsticks",
            string.Create(CultureInfo.InvariantCulture, $"Every pair of an earlier and a later run; *any* load pairs runs of different loads, too. *Refused* are runs that `baseline update` does not take. Found is +{100 * AnchoredPairs.Injected:0} %."),
            Anchored(trials, policy, minutesApart ?? UsualMinutesApart));
        return text.ToString();
    }

    private static void Section(StringBuilder text, string heading, string caption, MarkdownTable table)
    {
        if (table.HasRows)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {heading}\n\n{caption}\n\n{table}");
        }
    }

    private static MarkdownTable Verdicts(List<Trial> duets)
    {
        var table = new MarkdownTable("kernel", "load", "injected:", "trials:", "regressed:", "95 % interval:", "inconclusive:", "other", "median, s:", "95th percentile, s:", "most, s:", "processes, median:");
        foreach (var group in TrialGroups.ByLoad(duets.Where(trial => !TrialGroups.IsDisturbed(trial))))
        {
            foreach (var same in group.Trials.GroupBy(trial => trial.Injected).OrderBy(same => same.Key))
            {
                var count = same.Count();
                var regressed = same.Count(trial => trial.Verdict == Regressed);
                var interval = WilsonInterval.Of(regressed, count);
                double[] seconds = [.. same.Select(trial => trial.Seconds).Order()];
                table.Add(
                    group.Kernel,
                    group.Load,
                    Injected(same.Key),
                    Count(count),
                    Share(regressed, count),
                    $"{Percent(interval.Low)} … {Percent(interval.High)}",
                    Share(same.Count(trial => trial.Verdict == Inconclusive), count),
                    Other(same),
                    Seconds(Statistics.Median(seconds)),
                    Seconds(seconds[(int)Math.Ceiling(0.95 * count) - 1]),
                    Seconds(seconds[^1]),
                    Statistics.Median([.. same.Select(trial => (double)trial.Ratios.Count)]).ToString("0.#", CultureInfo.InvariantCulture));
            }
        }

        return table;
    }

    private static MarkdownTable Replayed(List<Trial> duets, DuetPolicy policy, int replays)
    {
        var table = new MarkdownTable("kernel", "load", "processes:", "false alarms:", "share:", "95 % interval:", "inconclusive:", "processes a duet, mean:");
        foreach (var group in TrialGroups.ByLoad(duets.Where(trial => trial is { Injected: 0, Ratios.Count: > 0 } && !TrialGroups.IsDisturbed(trial))))
        {
            var result = Bootstrap.Replay([.. group.Trials.SelectMany(trial => trial.Ratios)], policy, replays);
            var interval = WilsonInterval.Of(result.FalseAlarms, replays);
            table.Add(
                group.Kernel,
                group.Load,
                Count(result.Pool),
                Count(result.FalseAlarms),
                Share(result.FalseAlarms, replays),
                $"{Percent(interval.Low)} … {Percent(interval.High)}",
                Share(result.Inconclusive, replays),
                result.MeanProcesses.ToString("0.0", CultureInfo.InvariantCulture));
        }

        return table;
    }

    private static MarkdownTable Disturbed(List<Trial> duets)
    {
        var table = new MarkdownTable("kernel", "disturbance", "injected:", "tries:", "pass:", "regressed:", "inconclusive:", "other");
        foreach (var group in TrialGroups.ByLoad(duets.Where(TrialGroups.IsDisturbed)).Where(group => group.Load != TrialGroups.AllLoads))
        {
            foreach (var same in group.Trials.GroupBy(trial => trial.Injected).OrderBy(same => same.Key))
            {
                string Of(string verdict) => Count(same.Count(trial => trial.Verdict == verdict));
                table.Add(group.Kernel, group.Load, Injected(same.Key), Count(same.Count()), Of(Pass), Of(Regressed), Of(Inconclusive), Other(same));
            }
        }

        return table;
    }

    private static string FalseAlarmsOfDisturbed(List<Trial> duets)
    {
        var same = duets.Where(trial => TrialGroups.IsDisturbed(trial) && trial.Injected == 0).ToList();
        var alarms = same.Count(trial => trial.Verdict == Regressed);
        return same.Count == 0 ? "None was of identical code."
            : alarms == 0 ? $"None of {Count(same.Count)} tries of identical code was called regressed."
            : $"**{Count(alarms)} of {Count(same.Count)} tries of identical code were called regressed; none may be.**";
    }

    private static MarkdownTable Others(IReadOnlyList<Trial> trials)
    {
        var table = new MarkdownTable("gate", "kernel", "load", "runs:", "a run, s:", "pairs:", "false alarms:", "finds +5 %:", "finds +10 %:", "cannot tell:");
        foreach (var result in Incumbents.Judge(trials))
        {
            table.Add(
                result.Incumbent.Name,
                result.Kernel,
                result.Load,
                Count(result.Runs),
                Seconds(result.MedianSeconds),
                Count(result.Same.Pairs),
                Share(result.Same.Alarms, result.Same.Pairs),
                Share(result.Five.Alarms, result.Five.Pairs),
                Share(result.Ten.Alarms, result.Ten.Pairs),
                Share(result.Same.CannotTell, result.Same.Pairs));
        }

        return table;
    }

    private static MarkdownTable Anchored(IReadOnlyList<Trial> trials, GatePolicy policy, IReadOnlyList<double> minutesApart)
    {
        var table = new MarkdownTable("kernel", "load", "minutes apart:", "baselines:", "refused:", "pairs:", "false alarms:", "inconclusive:", "pairs, slower:", "found:", "inconclusive:");
        foreach (var group in TrialGroups.ByLoad(trials.Where(trial => trial.Design == Designs.Anchored && !TrialGroups.IsDisturbed(trial))))
        {
            foreach (var minutes in minutesApart)
            {
                var result = AnchoredPairs.Judge(group.Trials, TimeSpan.FromMinutes(minutes), policy);
                table.Add(
                    group.Kernel,
                    group.Load == TrialGroups.AllLoads ? "any" : group.Load,
                    string.Create(CultureInfo.InvariantCulture, $"{minutes:0.#}"),
                    Count(result.Baselines),
                    Count(result.Refused),
                    Count(result.Same.Pairs),
                    Share(result.Same.Alarms, result.Same.Pairs),
                    Share(result.Same.CannotTell, result.Same.Pairs),
                    Count(result.Slower.Pairs),
                    Share(result.Slower.Alarms, result.Slower.Pairs),
                    Share(result.Slower.CannotTell, result.Slower.Pairs));
            }
        }

        return table;
    }

    private static string Other(IEnumerable<Trial> trials) =>
        string.Join(", ", trials.Select(trial => trial.Verdict ?? "none").Where(verdict => verdict is not (Pass or Regressed or Inconclusive))
            .CountBy(verdict => verdict).OrderBy(verdict => verdict.Key, StringComparer.Ordinal).Select(verdict => $"{Count(verdict.Value)} {verdict.Key}"))
        is { Length: > 0 } others ? others : None;

    private static string Injected(double share) => string.Create(CultureInfo.InvariantCulture, $"{(share > 0 ? "+" : "")}{100 * share:0.##} %");

    private static string Count(int count) => Quantity.Count(count);

    private static string Share(int count, int all) => all == 0 ? None : Percent(count / (double)all);

    // A rate of one in some ten thousand is rounded neither to nothing nor, of those that were found, to all.
    private static string Percent(double share) =>
        (100 * share).ToString(Math.Min(share, 1 - share) is var rest && rest == 0 ? "0" : rest >= 0.01 ? "0.0" : rest >= 0.0001 ? "0.00" : "0.0000", CultureInfo.InvariantCulture) + " %";

    private static string Seconds(double seconds) => double.IsNaN(seconds) ? None : seconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
