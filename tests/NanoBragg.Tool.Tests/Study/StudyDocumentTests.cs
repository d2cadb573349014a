using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Study;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Study;

/// <summary>docs/study.md says what its trials say, and they say what the gate is for.</summary>
public sealed class StudyDocumentTests
{
    private static readonly IReadOnlyList<Trial> Trials = TrialFile.Read(Path.Combine(AppContext.BaseDirectory, "study", "trials.jsonl"));

    [Fact]
    public void The_tables_are_those_of_the_trials_beside_them() =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "study", "study.md")).ShouldContain(StudyTable.Write(Trials, new GatePolicy()));

    [Fact]
    public void No_kind_of_trial_is_missing() => StudyPlan.Next(StudyPlan.Cells, Trials).ShouldBeNull();

    [Fact]
    public void No_trial_of_identical_code_was_called_slower() =>
        Trials.Where(trial => trial is { Design: Designs.Duet, Injected: 0 }).ShouldAllBe(trial => trial.Verdict != "regressed");

    [Theory]
    [InlineData("compute", 0.03, 0.90)]
    [InlineData("compute", 0.05, 0.99)]
    [InlineData("compute", 0.10, 1.00)]
    [InlineData("memory", 0.05, 0.95)]
    [InlineData("memory", 0.10, 1.00)]
    [InlineData("threads", 0.03, 0.90)]
    [InlineData("threads", 0.05, 0.95)]
    [InlineData("threads", 0.10, 1.00)]
    public void Slower_code_was_found(string kernel, double injected, double atLeast)
    {
        var verdicts = Trials.Where(trial => trial.Design == Designs.Duet && trial.Kernel == kernel && trial.Injected == injected).Select(trial => trial.Verdict).ToList();

        (verdicts.Count(verdict => verdict == "regressed") / (double)verdicts.Count).ShouldBeGreaterThanOrEqualTo(atLeast);
    }
}
