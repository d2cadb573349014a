using System.Runtime.InteropServices;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Code;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement.Code;

/// <summary>The code of real kernels, made by the real JIT in processes of its own.</summary>
public sealed class CodePinTests
{
    private const string Clean = "clean-loop";
    private const string WithCall = "call-in-loop";

    [Fact]
    public void A_call_that_stays_in_a_loop_is_found_with_the_registers_that_it_costs_and_the_method_that_it_is_in()
    {
        if (!IsX64())
        {
            return;
        }

        var code = Read(Clean, WithCall);

        code[Clean].NotAvailable.ShouldBeNull();
        Pin(code[Clean], MeasuredCode.CallsInLoops).ShouldBe(0);
        Pin(code[Clean], MeasuredCode.VectorStackMoves).ShouldBe(0);
        code[Clean].Culprit(MeasuredCode.CallsInLoops).ShouldBeNull();
        code[Clean].Methods.ShouldHaveSingleItem().Name.ShouldContain("VectorKernels:CleanLoop(");
        Pin(code[WithCall], MeasuredCode.CallsInLoops).ShouldBe(1);

        // At least each of three accumulators, there and back.
        Pin(code[WithCall], MeasuredCode.VectorStackMoves).ShouldBeGreaterThanOrEqualTo(6);
        code[WithCall].Culprit(MeasuredCode.VectorStackMoves)!.ShouldContain("VectorKernels:LoopWithCall(");
        foreach (var kernel in code.Values)
        {
            Pin(kernel, "fmaCount").ShouldBe(System.Runtime.Intrinsics.X86.Fma.IsSupported ? 3 : 0);
            Pin(kernel, "codeBytes").ShouldBeInRange(50, 1000);
        }
    }

    [Fact]
    public void What_only_prepares_a_benchmark_is_not_part_of_its_code_however_hot_it_is() =>
        Read(Clean)[Clean].Methods.ShouldNotContain(method => method.Name.Contains("Prepared", StringComparison.Ordinal) || method.Name.Contains(":Run(", StringComparison.Ordinal));

    [Fact]
    public void The_code_reads_the_same_in_three_runs()
    {
        string[] texts = [.. Enumerable.Range(0, 3).Select(_ => ReadableJson.Text(Run(Clean, WithCall, "good")))];

        texts[1].ShouldBe(texts[0]);
        texts[2].ShouldBe(texts[0]);
    }

    [Fact]
    public void A_kernel_that_begins_to_spill_fails_the_gate_by_its_pins_alone_and_the_method_is_named()
    {
        if (!IsX64())
        {
            return;
        }

        // The same case before and after an edit: its name is all that the two kernels do not share.
        var before = Run(Clean);
        var after = before with { Cases = [before.Cases[0] with { Code = Read(WithCall)[WithCall] }] };
        var baseline = Acceptance.Apply(Baseline.Empty, before, new(), new()).Baseline;
        var file = BaselineFile.Parse("nanobragg.baseline.json", System.Text.Encoding.UTF8.GetBytes(BaselineText.Write(baseline)));

        RunJudgement.Judge(before, file, new(), new()).Verdict.ShouldBe(Verdict.Pass);
        var report = RunJudgement.Judge(after, file, new(), new());

        report.Verdict.ShouldBe(Verdict.Regressed);
        report.Findings.Select(finding => (finding.Code, finding.Metric)).ShouldBe([(FindingCodes.Regression, MeasuredCode.CallsInLoops), (FindingCodes.Regression, MeasuredCode.VectorStackMoves)]);
        report.Findings[0].Message.ShouldStartWith("clean-loop: callsInLoops is 1 calls, was 0 calls, allowed no change, most in NanoBragg.Tool.Tests.Kernels.VectorKernels:LoopWithCall(");
        BaselineText.Write(baseline).Split('\n')[report.Findings[0].Line - 1].ShouldContain("\"callsInLoops\": { \"value\": 0, \"unit\": \"calls\", \"better\": \"lower\" }");
    }

    [Fact]
    public void A_case_whose_code_cannot_be_read_says_why_and_has_no_pins()
    {
        var missing = new MeasureOptions { AssemblyPath = Fixture.AssemblyPath };
        var code = CodeReading.Add(Bare("throws-called"), missing, TimeSpan.FromSeconds(60), new Silence(), CancellationToken.None).Cases[0].Code!;

        code.NotAvailable.ShouldNotBeNullOrEmpty();
        code.Pins.ShouldBeEmpty();
        CodeReading.Add(Bare(Clean), missing, TimeSpan.Zero, new Silence(), CancellationToken.None).Cases[0].Code!.NotAvailable!.ShouldContain("the time limit was reached");
    }

    private static bool IsX64() => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private static double Pin(MeasuredCode code, string name) => code.Pins.Single(pin => pin.Name == name).Value;

    private static Dictionary<string, MeasuredCode> Read(params string[] cases) => Run(cases).Cases.ToDictionary(measured => measured.Name, measured => measured.Code!);

    private static MeasuredRun Run(params string[] cases) =>
        CodeReading.Add(Bare(cases), new MeasureOptions { AssemblyPath = Fixture.AssemblyPath }, TimeSpan.FromSeconds(120), new Silence(), CancellationToken.None);

    private static MeasuredRun Bare(params string[] cases) => Sample.Run([.. cases.Select(name => new MeasuredCase { Name = name, Metrics = [Sample.Exact("steps", 1, "calls")] })]);

    private sealed class Silence : IProgress<string>
    {
        public void Report(string value)
        {
        }
    }
}
