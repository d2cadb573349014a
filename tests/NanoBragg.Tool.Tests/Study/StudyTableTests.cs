using System.Globalization;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Study;
using Shouldly;
using Xunit;
using static NanoBragg.Tool.Tests.Study.MadeUpTrials;

namespace NanoBragg.Tool.Tests.Study;

public class StudyTableTests
{
    private static readonly Trial[] Few =
    [
        .. Enumerable.Range(1, 20).Select(second => Duet(seconds: second)),
        .. Enumerable.Repeat(Duet("inconclusive", seconds: 30, load: Loads.One, ratios: [.. Enumerable.Repeat(1.0, 20)]), 5),
        Duet("regressed", injected: 0.05, seconds: 8.25, ratios: [.. Enumerable.Repeat(1.05, 11)]),
        Duet("error", injected: 0.05, seconds: 1, ratios: []),
        Duet(load: Loads.Stop),
        Duet("inconclusive", load: Loads.Stop),
        Duet("regressed", injected: 0.10, load: Loads.Kill),
        Stored(1, 1),
        Job(Designs.ShortRun, 0, 1, 1, 1),
        Job(Designs.ShortRun, 0, 1.2, 1.2, 1.2),
        Anchored(0, 3),
        Anchored(5, 3),
        Anchored(20, 3.6, injected: 0.20),
    ];

    [Fact]
    public void Verdicts_are_counted_for_each_load_and_over_all_of_them()
    {
        var rows = Rows(Write(Few), "Against the base");
        rows.ShouldBe(
        [
            "| compute | idle | 0 % | 21 | 0 % | 0 % … 15.5 % | 0 % | – | 10.0 | 19.0 | 20.0 | 6 |",
            "| compute | idle | +5 % | 2 | 50.0 % | 9.5 % … 90.5 % | 0 % | 1 error | 4.6 | 8.3 | 8.3 | 5.5 |",
            "| compute | one | 0 % | 5 | 0 % | 0 % … 43.4 % | 100 % | – | 30.0 | 30.0 | 30.0 | 20 |",
            "| compute | all | 0 % | 26 | 0 % | 0 % … 12.9 % | 19.2 % | – | 12.5 | 30.0 | 30.0 | 6 |",
            "| compute | all | +5 % | 2 | 50.0 % | 9.5 % … 90.5 % | 0 % | 1 error | 4.6 | 8.3 | 8.3 | 5.5 |",
        ]);
    }

    [Fact]
    public void Disturbances_are_told_apart_and_a_false_alarm_among_them_is_said_aloud()
    {
        Rows(Write(Few), "Disturbed").ShouldBe(
        [
            "| compute | stop | 0 % | 2 | 1 | 0 | 1 | – |",
            "| compute | kill | +10 % | 1 | 0 | 1 | 0 | – |",
        ]);
        Write(Few).ShouldContain("None of 2 tries of identical code was called regressed.");
        Write([Duet(load: Loads.Stop), Duet("regressed", load: Loads.Steal)]).ShouldContain("**1 of 2 tries of identical code were called regressed; none may be.**");
    }

    [Fact]
    public void Other_gates_and_yardsticks_have_their_tables()
    {
        var text = Write(Few);
        Rows(text, "What there is otherwise").ShouldContain("| BenchmarkDotNet ShortRun, mean > 5 % | compute | idle | 2 | 9.0 | 2 | 50.0 % | – | – | 0 % |");
        Rows(text, "What there is otherwise").ShouldContain("| BenchmarkDotNet ShortRun, Mann–Whitney > 5 %, p < 0.05 | compute | idle | 2 | 9.0 | 2 | 0 % | – | – | 100 % |");
        Rows(text, "What there is otherwise").ShouldContain("| stored mean, > 5 % | compute | idle | 1 | – | 0 | – | – | – | – |");
        Rows(text, "Against yardsticks").ShouldBe(
        [
            "| compute | idle | 0 | 2 | 0 | 1 | 0 % | 0 % | 2 | 100 % | 0 % |",
            "| compute | idle | 60 | 2 | 0 | 0 | – | – | 0 | – | – |",
        ]);
        Rows(text, "Replayed")[0].ShouldBe("| compute | idle | 126 | 0 | 0 % | 0 % … 3.7 % | 0 % | 6.0 |");
    }

    [Fact]
    public void What_was_not_tried_has_no_table()
    {
        Write([]).ShouldBe("No trials.\n");
        var text = Write([Duet()]);
        text.ShouldContain("Trials: 1, from 2026-11-25 to 2026-11-25 (UTC).");
        text.Split('\n').Where(line => line.StartsWith("###", StringComparison.Ordinal)).ShouldBe(["### Against the base", "### Replayed"]);
    }

    [Fact]
    public void The_same_trials_give_the_same_text_whatever_the_culture()
    {
        var text = Write(Few);
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "~";
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            Write(Few).ShouldBe(text);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_trials_file_holds_all_that_the_tables_need()
    {
        using var folder = new Baselines.TemporaryFolder();
        var path = Path.Combine(folder.Path, "trials.jsonl");
        foreach (var trial in Few)
        {
            TrialFile.Append(path, trial);
        }

        Write(TrialFile.Read(path)).ShouldBe(Write(Few));
    }

    private static string Write(IReadOnlyList<Trial> trials) => StudyTable.Write(trials, new GatePolicy(), replays: 100);

    /// <summary>The rows of a section's table, without the padding of their cells.</summary>
    private static string[] Rows(string text, string heading)
    {
        var section = text[text.IndexOf($"### {heading}\n", StringComparison.Ordinal)..];
        return [.. section.Split('\n').SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Skip(2)
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
    }
}
