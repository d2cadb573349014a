using NanoBragg.Tool.Study;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Study;

public sealed class TrialFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder["trials.jsonl"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Trials_come_back_in_order()
    {
        TrialFile.Read(Path).ShouldBeEmpty();
        TrialFile.Append(Path, Trial("pass"));
        TrialFile.Append(Path, Trial("regressed") with { Ratios = [1.05, 1.04] });
        var trials = TrialFile.Read(Path);
        trials.Select(trial => trial.Verdict).ShouldBe(["pass", "regressed"]);
        trials[1].Ratios.ShouldBe([1.05, 1.04]);
        File.ReadAllLines(Path).Length.ShouldBe(2);
    }

    [Fact]
    public void What_a_stopped_study_cut_short_is_dropped_and_spoils_nothing()
    {
        TrialFile.Append(Path, Trial("pass"));
        File.AppendAllText(Path, "{\"at\":\"2026");
        TrialFile.Read(Path).Count.ShouldBe(1);
        TrialFile.Append(Path, Trial("inconclusive"));
        TrialFile.Read(Path).Select(trial => trial.Verdict).ShouldBe(["pass", "inconclusive"]);
    }

    [Fact]
    public void A_line_that_is_no_trial_is_named()
    {
        TrialFile.Append(Path, Trial("pass"));
        File.AppendAllText(Path, "{}\n");
        Should.Throw<UserError>(() => TrialFile.Read(Path)).Message.ShouldContain("line 2 is no trial");
    }

    private static Trial Trial(string verdict) =>
        new() { At = DateTimeOffset.UnixEpoch, Design = Designs.Duet, Kernel = "compute", Load = Loads.Idle, Injected = 0, Seconds = 1, Verdict = verdict };
}
