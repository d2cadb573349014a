using System.Text.Json.Nodes;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Commands;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

/// <summary>Every way by which a gate might pass although nothing, or not everything, was compared.</summary>
public sealed class NoVacuousPassTests : IDisposable
{
    private const string Nothing = """
        { "formatVersion": 1, "entries": [
          { "scenario": "good", "kernel": "[1.0.0, 2.0.0)", "exact": { "allocatedBytes": { "value": 0, "unit": "B", "better": "lower" } } },
          { "scenario": "hollow", "kernel": "[1.0.0, 2.0.0)", "exact": {}, "machines": {} }
        ] }
        """;

    private readonly TemporaryFolder _folder = new();

    private static MeasuredCase Good { get; } = Sample.Case("good", Sample.Exact("allocatedBytes", 0));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_entry_without_metrics_and_a_case_without_metrics_do_not_pass_beside_one_that_does()
    {
        Judge(Nothing, Sample.Run(Good) with { Scenarios = ["good"] }).ExitCode.ShouldBe(0);

        var report = Judge(Nothing, Sample.Run(Good, Sample.Case("hollow")));
        report.ExitCode.ShouldBe(3);
        report.Findings.ShouldHaveSingleItem().Message.ShouldBe("hollow: nothing of it was compared; record it with `dotnet nanobragg baseline update --scenario hollow`");
        report.Findings[0].Line.ShouldBe(3);
    }

    [Fact]
    public void An_entry_without_metrics_does_not_hide_what_was_measured()
    {
        var report = Judge(Nothing, Sample.Run(Good, Sample.Usual("hollow")));
        report.ExitCode.ShouldBe(3);
        report.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => (finding.Code, finding.Scenario, finding.Metric))
            .ShouldBe([(FindingCodes.NoEntry, "hollow", "allocatedBytes"), (FindingCodes.NoEntry, "hollow", "sum")]);
    }

    [Fact]
    public void Figures_for_information_alone_are_nothing_compared()
    {
        var info = Sample.Usual("hollow").Metrics[^1];
        Judge(Nothing, Sample.Run(Good, Sample.Case("hollow", info))).ExitCode.ShouldBe(3);
    }

    [Fact]
    public void A_case_that_only_other_machines_have_figures_of_does_not_pass_beside_one_that_was_compared()
    {
        const string Elsewhere = """
            { "formatVersion": 1, "entries": [
              { "scenario": "good", "kernel": "[1.0.0, 2.0.0)", "exact": { "allocatedBytes": { "value": 0, "unit": "B", "better": "lower" } } },
              { "scenario": "hollow", "kernel": "[1.0.0, 2.0.0)", "machines": { "arm-1": { "time": { "value": 3, "unit": "×", "yardstick": "fma-1", "spread": 0.01, "groups": 5, "better": "lower" } } } }
            ] }
            """;
        Judge(Elsewhere, Sample.Run(Good, Sample.Case("hollow", Sample.Ratio("time", "fma-1", 3, 3, 3)))).ExitCode.ShouldBe(3);
    }

    [Fact]
    public void Cases_that_neither_base_nor_baseline_know_do_not_pass()
    {
        var absent = Sample.Usual("good") with { BaseAbsence = "it does not have this case" };
        var run = Sample.Run(absent, absent with { Name = "other" }) with { BaseVersion = "1.0.0" };
        RunJudgement.Judge(run, BaselineFile.Read("/nowhere/b.json"), new(), new()).ExitCode.ShouldBe(3);
        RunJudgement.Judge(run, BaselineFile.Read("/nowhere/b.json"), new() { FailOn = FailOn.Exact }, new()).ExitCode.ShouldBe(3);
    }

    [Fact]
    public void A_case_of_which_a_base_was_timed_without_a_figure_does_not_pass()
    {
        var compared = Sample.Case("good", Sample.Exact("allocatedBytes", 0) with { Base = 0 });
        var run = Sample.Run(compared, Sample.Usual("other")) with { BaseVersion = "1.0.0" };
        RunJudgement.Judge(run, BaselineFile.Read("/nowhere/b.json"), new(), new()).ExitCode.ShouldBe(3);
    }

    [Fact]
    public void No_case_at_all_does_not_pass_whatever_was_asked_for()
    {
        Judge(Nothing, Sample.Run()).ExitCode.ShouldBe(3);
        Judge(Nothing, Sample.Run() with { Scenarios = ["elsewhere"] }).ExitCode.ShouldBe(3);
        Judge(Nothing, Sample.Run() with { Scenarios = ["elsewhere"], BaseVersion = "1.0.0" }).ExitCode.ShouldBe(3);
    }

    [Theory]
    [InlineData("/workers", "0", "it was measured by 0 worker processes")]
    [InlineData("/scenarios", "[\"good\", \"lost\"]", "'lost' was asked for, but no case of it is there")]
    [InlineData("/cases/0/name", "\"other\"", "it has the case 'other' twice")]
    [InlineData("/cases/0/metrics", "null", "a member that every measurement has is null")]
    [InlineData("/cases/0/metrics/0/value", "1e999", "no number to judge by is allocatedBytes of 'good'")]
    [InlineData("/cases/0/metrics/0/absoluteTolerance", "-1", "no number to judge by is allocatedBytes of 'good'")]
    [InlineData("/cases/0/metrics/0/relativeTolerance", "1e999", "no number to judge by is allocatedBytes of 'good'")]
    [InlineData("/cases/0/metrics/1/name", "\"allocatedBytes\"", "'good' has the figure allocatedBytes twice")]
    [InlineData("/cases/0/metrics/2/groups", "[3, 3, 0, 3, 3]", "not every worker process has a time fma-1 above zero of 'good'")]
    [InlineData("/cases/0/metrics/2/groups", "[3, 3, -1e-9, 3, 3]", "not every worker process has a time fma-1 above zero of 'good'")]
    [InlineData("/cases/0/metrics/2/groups", "[3, 3, 1e999, 3, 3]", "not every worker process has a time fma-1 above zero of 'good'")]
    [InlineData("/cases/0/metrics/2/groups", "[3, 3, 3, 3, 3, 3]", "more worker processes than measured have time fma-1 of 'good'")]
    [InlineData("/cases/0/metrics/2/groups", "[]", "no worker process has time fma-1 of 'good'")]
    [InlineData("/cases/0/metrics/2/groups", "null", "no worker process has time fma-1 of 'good'")]
    [InlineData("/cases/0/metrics/2/yardstick", "null", "no yardstick is named for time of 'good'")]
    [InlineData("/cases/0/metrics/2/value", "0", "not every worker process has a time fma-1 above zero of 'good'")]
    public void A_measured_file_that_cannot_have_been_measured_is_refused(string place, string value, string problem)
    {
        var path = _folder["measured.json"];
        MeasuredRunFile.Write(path, Sample.Run(Sample.Usual("good"), Sample.Usual("other")));
        Should.NotThrow(() => MeasuredRunFile.Read(path));
        var names = place.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var root = JsonNode.Parse(File.ReadAllText(path))!;
        JsonNode Child(JsonNode node, string name) => node is JsonArray list ? list[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)]! : node[name]!;
        var parent = names[..^1].Aggregate(root, Child);
        parent[names[^1]] = "REPLACED";
        File.WriteAllText(path, root.ToJsonString().Replace("\"REPLACED\"", value, StringComparison.Ordinal));

        var error = Should.Throw<UserError>(() => MeasuredRunFile.Read(path));
        error.ExitCode.ShouldBe(ExitCode.Failure);
        error.Message.ShouldBe($"'{path}' is no measurement that can be judged: {problem}; make one with 'dotnet nanobragg measure --out FILE'");
    }

    [Fact]
    public void A_case_that_does_not_exist_is_refused_and_not_filtered_away() =>
        Should.Throw<UserError>(() => CaseSelection.Only(Sample.Run(Sample.Usual("good/a")), ["good/b"]));

    private static GateReport Judge(string baseline, MeasuredRun run) => RunJudgement.Judge(run, Sample.File(baseline), new(), new());
}
