using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Identity;
using NanoBragg.Tool.Reports;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Reports;

/// <summary>What the gate remembers of its passes, in the cache folder of the tests.</summary>
public class RememberedPassesTests
{
    private static readonly BaselineFile Known = Sample.File(Acceptance.Apply(Baseline.Empty, Sample.Run(Sample.Usual("good")), new(), new()).Baseline);
    private static readonly RunIdentity Code = new(new Dictionary<string, string> { ["good"] = "0123456789abcdef" }, new HashSet<string>(), "run", "base");

    private static string Folder => Path.Combine(Environment.GetEnvironmentVariable(CacheFolder.Variable)!, "passes");

    [Fact]
    public void A_pass_is_delivered_again_as_it_was_with_its_day()
    {
        var report = Pass();
        var key = NewKey();
        var first = Ask(key, report, out var made);
        made.ShouldBeTrue();
        first.PassedAt.ShouldBeNull();

        var again = Ask(key, report, out made);
        made.ShouldBeFalse();
        again.PassedAt.ShouldBe(Clock.Now);
        GateJson.Write(again with { PassedAt = null }).ShouldBe(GateJson.Write(report));
        using var console = new StringWriter();
        GateText.Write(again, console);
        console.ToString().ShouldContain("nothing to measure: same code, runtime, machine and baseline as when the gate passed on 2026-08-05 12:34 UTC");
        foreach (var file in new[] { "r.md", "r.html", "r.xml" })
        {
            ReportFile.Text(again, file).ShouldContain("nothing to measure: same code");
        }

        Ask(NewKey(), report, out made);
        made.ShouldBeTrue("another key is another pass");
    }

    [Fact]
    public void Only_a_clear_pass_is_remembered()
    {
        var pass = Pass();
        GateReport[] others =
        [
            pass with { ExitCode = 2, Verdict = Verdict.Regressed },
            pass with { ExitCode = 4, Verdict = Verdict.Inconclusive },
            pass with { Comparisons = [pass.Comparisons[0] with { Outcome = Outcome.Inconclusive }] },
        ];
        foreach (var other in others)
        {
            var key = NewKey();
            Ask(key, other, out _);
            Ask(key, other, out var made);
            made.ShouldBeTrue();
        }
    }

    [Fact]
    public void A_build_that_came_between_and_a_key_that_is_not_known_are_not_remembered()
    {
        var keys = new Queue<string>([NewKey(), NewKey()]);
        var first = keys.Peek();
        RememberedPasses.FindOrMake(() => keys.Dequeue(), Pass, new Clock());
        File.Exists(Path.Combine(Folder, first + ".json")).ShouldBeFalse();
        RememberedPasses.FindOrMake(() => null, Pass, new Clock()).PassedAt.ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{ \"verdict\": \"pass\", \"exitCode\": 0, \"findings\": null, \"comparisons\": null, \"passedAt\": \"2026-08-05T12:34:00+00:00\" }")]
    [InlineData("{ \"verdict\": \"pass\", \"exitCode\": 0, \"findings\": [], \"comparisons\": [] }")]
    public void A_broken_file_is_as_good_as_none_and_is_replaced(string content)
    {
        var key = NewKey();
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, key + ".json"), content);
        Ask(key, Pass(), out var made);
        made.ShouldBeTrue();
        Ask(key, Pass(), out made);
        made.ShouldBeFalse();
    }

    [Fact]
    public void The_oldest_are_forgotten()
    {
        for (var i = 0; i < RememberedPasses.Most + 3; i++)
        {
            Ask(NewKey(), Pass(), out _);
        }

        // A gate of another test may be writing one just now.
        Directory.GetFiles(Folder, "*.json").Length.ShouldBeInRange(RememberedPasses.Most, RememberedPasses.Most + 1);
    }

    [Fact]
    public void The_key_depends_on_all_that_the_verdict_does()
    {
        string? Key(RunIdentity? code = null, BaselineFile? file = null, GatePolicy? policy = null, string[]? names = null, string options = "", string? release = null) =>
            PassKey.Of(code ?? Code, file ?? Known, release, policy ?? new(), names ?? [], new() { Options = options });
        Key().ShouldBe(Key());
        string?[] others =
        [
            Key(), Key(Code with { Key = "other" }), Key(Code with { BaseKey = "other" }), Key(file: Sample.File(BaselineText.Write(Known.Content) + "\n")), Key(policy: new() { Ratchet = true }),
            Key(policy: new() { FailOn = FailOn.Exact }), Key(names: ["good"]), Key(options: "--assembly x.dll"), Key(release: "v1.0.0"),
        ];
        others.ShouldBeUnique();
        others.ShouldAllBe(key => key!.Length == 32);

        // A waiver ends on a day, whatever else stays the same.
        Key(file: Sample.File(Sample.Full)).ShouldBeNull();
        PassKey.Of(null, Known, null, new(), [], new()).ShouldBeNull();
    }

    private static GateReport Pass() => RunJudgement.Judge(Sample.Run(Sample.Usual("good")), Known, new(), new());

    private static string NewKey() => Guid.NewGuid().ToString("n");

    private static GateReport Ask(string key, GateReport report, out bool made)
    {
        var asked = false;
        var answer = RememberedPasses.FindOrMake(
            () => key,
            () =>
            {
                asked = true;
                return report;
            },
            new Clock());
        made = asked;
        return answer;
    }

    private sealed class Clock : TimeProvider
    {
        public static DateTimeOffset Now { get; } = new(2026, 8, 5, 12, 34, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
