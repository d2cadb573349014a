using NanoBragg.Tool.Study;
using NanoBragg.Tool.Tests.Baselines;
using NanoBragg.Tool.Tests.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Study;

public sealed class StudyPlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_whole_study_has_a_thousand_trials_of_identical_code_spread_over_idle_and_loaded()
    {
        var identical = StudyPlan.Cells.Where(cell => cell is { Design: Designs.Duet, Kernel: "compute", Injected: 0, Load: not (Loads.Stop or Loads.Steal or Loads.Kill) }).ToList();
        identical.Sum(cell => cell.Trials).ShouldBe(1000);
        identical.Select(cell => cell.Load).ShouldBe([Loads.Idle, Loads.One, Loads.Two, Loads.Peer]);
        identical.ShouldAllBe(cell => cell.Trials >= 100);
        StudyPlan.Cells.Where(cell => cell.Load is Loads.Stop or Loads.Steal or Loads.Kill).Sum(cell => cell.Trials).ShouldBeGreaterThanOrEqualTo(100);
        StudyPlan.Cells.Distinct().Count().ShouldBe(StudyPlan.Cells.Count);
    }

    [Fact]
    public void Played_in_order_all_kinds_grow_together_until_the_study_is_whole()
    {
        StudyCell[] cells = [new(Designs.Duet, "compute", Loads.Idle, 0, 6), new(Designs.Duet, "compute", Loads.Idle, 0.05, 3)];
        var trials = new List<Trial>();
        while (StudyPlan.Next(cells, trials) is { } cell)
        {
            trials.Add(new() { At = DateTimeOffset.UnixEpoch, Design = cell.Design, Kernel = cell.Kernel, Load = cell.Load, Injected = cell.Injected, Seconds = 1 });
            (trials.Count(cells[0].Holds) / 6.0).ShouldBe(trials.Count(cells[1].Holds) / 3.0, 0.34);
        }

        trials.Count.ShouldBe(9);
    }

    [Fact]
    public async Task A_study_can_be_stopped_and_gone_on_with()
    {
        var file = _folder["trials.jsonl"];
        for (var round = 1; round <= 2; round++)
        {
            // One trial is begun within a minute that is over at once.
            var (exitCode, _, error) = await ToolProcess.Run(
                new Dictionary<string, string> { ["TMPDIR"] = _folder.Path }, "study", "--trials", file, "--kernel", "compute", "--load", "two", "--injected", "10", "--minutes", "0.001");
            exitCode.ShouldBe(0, error);
            error.ShouldContain($"trial {round}: duet compute +10 % two: ");
        }

        var trials = TrialFile.Read(file);
        trials.Count.ShouldBe(2);
        trials.ShouldAllBe(trial => trial.Verdict == "regressed" || trial.Verdict == "inconclusive");
        trials.ShouldAllBe(trial => trial.Ratios.Count >= 11 && trial.WallMeanSeconds.Count == trial.Ratios.Count && trial.WallMedianSeconds.All(seconds => seconds > 0));
        Directory.EnumerateFileSystemEntries(_folder.Path).Select(System.IO.Path.GetFileName).Where(name => name!.StartsWith("nanobragg-worker", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_kind_of_trial_that_there_is_not_is_an_error()
    {
        var (exitCode, _, error) = await ToolProcess.Run(new Dictionary<string, string>(), "study", "--kernel", "quantum");
        exitCode.ShouldBe(1);
        error.ShouldContain("a study has no trials of that kind");
    }
}
